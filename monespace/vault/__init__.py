"""Keys; sealing, keyed hash and masking of national numbers (law 12).

Two keys, never in the database: one seals (AES-256-GCM), one hashes for look-up (HMAC-SHA-256). Each sealed value carries
the id of its key, so that keys can be rotated without a day on which nothing opens.
"""

from monespace.vault.keys import KeysMissing, new_keys
from monespace.vault.sealing import lookup_hash, masked, open_sealed, seal

__all__ = ["KeysMissing", "lookup_hash", "masked", "new_keys", "open_sealed", "seal"]
