"""The frozen copy of a dossier as the desk shows it: sections, blocks, answers; national numbers masked unless opened."""

from django.utils.html import format_html

from monespace import vault

SEALED = "v1."  # how a sealed value begins: monespace.vault


def sealed_numbers(answers: object, name: str = "") -> dict[str, list[str]]:
    """The sealed tokens among the answers, by question, in the order in which they stand."""
    found: dict[str, list[str]] = {}
    parts = (
        answers.items()
        if isinstance(answers, dict)
        else [(name, each) for each in answers]
        if isinstance(answers, list)
        else []
    )
    for key, value in parts:
        if isinstance(value, str) and value.startswith(SEALED):
            found.setdefault(key, []).append(value)
        elif isinstance(value, dict | list):
            for inner, tokens in sealed_numbers(value, key).items():
                found.setdefault(inner, []).extend(tokens)
    return found


def places_of_files(frozen: dict) -> dict[str, str]:
    """For which answer each file was sent, by its id: «Bien 2 – Devis ou facture»."""
    return {
        str(file["id"]): " – ".join(filter(None, [block.get("item"), line["label"]]))
        for part in frozen["summary"]["sections"]
        for block in part["blocks"]
        for line in block["lines"]
        for file in line.get("files", [])
    }


def shown(
    frozen: dict, declared: str, numbers: dict[str, list[str]] | None = None, links: dict[str, str] | None = None
) -> list[dict]:
    """Sections [{title, blocks: [{title, rows, tables}]}] for templates; `declared` marks what the applicant declared
    in the place of a source; `numbers` replaces masked national numbers (see actions.show_numbers); `links`: the addresses
    of the files that can be opened, by their ids."""
    left = {name: list(found) for name, found in (numbers or {}).items()}
    return [section_of(part, declared, left, links or {}) for part in frozen["summary"]["sections"]]


def section_of(part: dict, declared: str, left: dict[str, list[str]], links: dict[str, str]) -> dict:
    """One section; a block whose title repeats the section's shows none."""
    blocks = []
    for block in part["blocks"]:
        title = " – ".join(filter(None, [block.get("item"), block["title"] if block["title"] != part["title"] else ""]))
        plain = [line for line in block["lines"] if "table" not in line]
        tables = [{"label": line["label"], **line["table"]} for line in block["lines"] if "table" in line]
        blocks.append(
            {"title": title, "rows": [row_of(line, declared, left, links) for line in plain], "tables": tables}
        )
    return {"title": part["title"], "blocks": blocks}


def row_of(line: dict, declared: str, left: dict[str, list[str]], links: dict[str, str]) -> dict:
    """One answer as ui/summary_list.html takes it; the name of a file that can be opened leads to it."""
    values = [str(value) for value in line["values"]]
    if line.get("files"):
        values = [file_name(file["name"], links.get(str(file["id"]), "")) for file in line["files"]]
    if line["kind"] == "national_number":
        values = [opened(value, left.get(line["question"], [])) for value in values]
    note = [declared] if line.get("declared_by_you") else []
    return {"key": line.get("text") or line["label"], "lines": [*values, *note] if values else []}


def file_name(name: str, href: str) -> str:
    """The name of a file, as a link when it can be opened."""
    return format_html('<a class="govuk-link" href="{}">{}</a>', href, name) if href else name


def opened(masked: str, left: list[str]) -> str:
    """The next opened number that this mask stands for, else the mask."""
    for number in left:
        if vault.masked(number) == masked:
            left.remove(number)
            return written(number)
    return masked


def written(number: str) -> str:
    """85073003328 -> 85.07.30-033.28."""
    return f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:9]}.{number[9:]}"
