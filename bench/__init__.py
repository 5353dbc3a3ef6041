"""Measures of the portal, made on the machine they are run on: python3 run.py bench (see bench/README.md)."""
