"""The rod beside which the portal is measured: the same requests and statements, in the plainest Django (bench/README.md)."""
