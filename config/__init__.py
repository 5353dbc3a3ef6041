"""Configuration: the only place, with the command line, that knows every room."""
