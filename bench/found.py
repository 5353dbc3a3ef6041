"""Looks for every dossier that was filed: python -m bench.found, with the house's environment and {"numbers", "subjects"} as JSON.

Prints {"missing": [[number, where], …]}: `journal` (its entry, in an unbroken chain), `receipt` (the sealed PDF, in the document
store with the digest that was noted), `mail` (a message at the mail server that names it).
"""

import hashlib
import json
import sys
from collections.abc import Iterator


def missing(numbers: list[str], subjects: list[str]) -> Iterator[tuple[str, str]]:
    """(number, where it is missing), for each place where a dossier should be and is not."""
    from monespace.dossiers.models import Dossier

    known = {dossier.number: dossier for dossier in Dossier.objects.filter(number__in=numbers)}
    journaled, stored, mailed = in_journal(numbers), with_receipt(numbers), " ".join(subjects)
    for number in numbers:
        if number not in known:
            yield number, "dossiers"
        if number not in journaled:
            yield number, "journal"
        if number not in stored:
            yield number, "receipt"
        if number not in mailed:
            yield number, "mail"


def in_journal(numbers: list[str]) -> set[str]:
    """Those whose sending is journaled, in a chain that is whole."""
    from monespace.journal.models import Entry
    from monespace.journal.queries import broken_links

    entries = Entry.objects.filter(act="dossier.submitted", detail__number__in=numbers)
    found = [(entry.chain, entry.detail["number"]) for entry in entries]
    broken = {chain for chain in {chain for chain, _number in found} if any(broken_links(chain))}
    return {number for chain, number in found if chain not in broken}


def with_receipt(numbers: list[str]) -> set[str]:
    """Those whose receipt is stored as it was made."""
    from django.core.files.storage import default_storage

    from monespace.dossiers.models import Paper

    papers = Paper.objects.filter(dossier__number__in=numbers, kind=Paper.Kind.RECEIPT, made_at__isnull=False)
    found = set()
    for paper in papers.select_related("dossier"):
        with default_storage.open(paper.path, "rb") as file:
            if hashlib.sha256(file.read()).hexdigest() == paper.sha256:
                found.add(paper.dossier.number or "")
    return found


if __name__ == "__main__":
    import django

    django.setup()
    asked = json.load(sys.stdin)
    print(json.dumps({"missing": list(missing(asked["numbers"], asked["subjects"]))}))
