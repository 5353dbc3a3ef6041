"""Published procedures: versions, public catalogue, search."""
