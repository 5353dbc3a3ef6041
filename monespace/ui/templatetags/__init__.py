"""Template tags of the house; `look` is built in everywhere."""
