"""Keys; sealing, keyed hash and masking of national numbers."""
