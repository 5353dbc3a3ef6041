"""The portal's own code by SMS: to a number that its person bound with a stronger proof, and to no other.

Alone the code proves «low»: a telephone network is no safe way (NIST SP 800-63B-4, «restricted»). With the password that the
person chose, «substantial»: two factors.
"""
