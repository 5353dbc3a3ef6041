"""Code tables: those of the open data's code.csv that our files use, and the codes of legal functions.

Situations 000 and 012 and form 610 were seen in published data; 010, 050, 014, 017, 411 and 412 are the usual ones
but were not checked against an official table: whoever reads the files reads the meaning in code.csv, never from a
list of their own. The five-letter function codes are ours: the official table was not available.
"""

from pathlib import Path

HERE = Path(__file__).parent


def read_table(name: str) -> list[list[str]]:
    """The rows of a table beside this file, its heading left out."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]


CODES = read_table("codes.tsv")
FUNCTION_CODES = read_table("function-codes.tsv")
