"""How much money a request asks for, as its frozen copy shows it: what an agent compares with the amount that he grants. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

MONEY = re.compile(r"(\d[\d.\s]*)(?:,(\d\d))?\s€")  # 1 250,50 € and 1.250,50 €: monespace.engine.formats


@dataclass(frozen=True)
class Claim:
    """An amount of a request, under the words that it has there."""

    label: str
    amount: Decimal


def claim_of(frozen: dict) -> Claim | None:
    """The largest amount that the form worked out, else the largest that was typed; None when it speaks of no money.

    No form says which of its amounts is the one asked for: the largest leaves a decision room, never a brake too few.
    """
    found = list(amounts(frozen))
    worked_out = [claim for kind, claim in found if kind == "computed"]
    return max(worked_out or [claim for _kind, claim in found], key=lambda claim: claim.amount, default=None)


def amounts(frozen: dict) -> Iterator[tuple[str, Claim]]:
    """Every amount in euro with the kind of its question, tables included."""
    for section in frozen["summary"]["sections"]:
        for block in section["blocks"]:
            for line in block["lines"]:
                cells = [cell for row in line.get("table", {}).get("rows", []) for cell in row[1:]]
                for text in [*(line["values"] if line["kind"] in {"money", "computed"} else []), *cells]:
                    if said := MONEY.fullmatch(str(text)):
                        yield line["kind"], Claim(line["label"], amount_in(said))


def amount_in(said: re.Match[str]) -> Decimal:
    """The number that stands in the text."""
    whole, cents = re.sub(r"[.\s]", "", said[1]), said[2] or "00"
    return Decimal(f"{whole}.{cents}")
