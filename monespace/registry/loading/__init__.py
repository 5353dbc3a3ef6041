"""Filling the mirror: the BCE's open data (a folder of CSV files) and the separate source of legal functions."""

from monespace.registry.loading.functions import SourceDown, ask_source, load_functions, refresh_functions
from monespace.registry.loading.numbers import change_number
from monespace.registry.loading.open_data import NotOpenData, load_open_data

__all__ = [
    "NotOpenData",
    "SourceDown",
    "ask_source",
    "change_number",
    "load_functions",
    "load_open_data",
    "refresh_functions",
]
