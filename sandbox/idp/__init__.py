"""An OpenID provider that stands for the federal authentication service: same flow, same claim names, same levels."""
