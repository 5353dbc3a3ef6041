"""For the demonstration: a copy of content/ in which one more flood was recognised, lately enough to be filed for.

The recognised phenomena are a parameter table of the calamity form, and time runs: a demonstration started in two years
must not find every time limit over. Only the copy changes; the form's questions and rules are those of the file.
"""

import datetime as dt
import shutil
from pathlib import Path

import yaml
from dateutil.relativedelta import relativedelta

CODE = "crue-recente"
MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
}
PLACES = [("5998", "Valmoulin"), ("4950", "Waimes"), ("4760", "Büllingen")]


def prepare() -> str:
    """Make the copy that CONTENT_DIR names; a CONTENT_DIR that is the project's own folder is left alone."""
    from django.conf import settings

    source = settings.BASE_DIR / "content"
    if settings.CONTENT_DIR.resolve() == source.resolve():
        return "Content: the project's own."
    shutil.copytree(source, settings.CONTENT_DIR, dirs_exist_ok=True)
    add_recent_flood(
        settings.CONTENT_DIR / "procedures" / "calamite-indemnisation.yaml", dt.datetime.now(dt.UTC).date()
    )
    return "Content: a copy in which a recent flood is recognised."


def flood_day(today: dt.date) -> dt.date:
    """The first day of the recent flood: three months ago; also what the story and the journeys declare."""
    return today - relativedelta(months=3)


def add_recent_flood(path: Path, today: dt.date) -> None:
    """Add the flood and its places to the parameter tables of a procedure file."""
    text = path.read_text(encoding="utf-8")
    start = flood_day(today)
    end, published = start + dt.timedelta(days=2), today - relativedelta(months=2)
    name = {
        "fr": f"Inondations du {start.day} {MONTHS['fr'][start.month - 1]} {start.year} et des deux jours suivants",
        "de": f"Überschwemmungen vom {start.day}. {MONTHS['de'][start.month - 1]} {start.year} und den beiden Tagen danach",
    }
    row = {
        "code": CODE,
        "name": name,
        "starts": start.isoformat(),
        "ends": end.isoformat(),
        "published": published.isoformat(),
    }
    places = [{"event": CODE, "place": place, "town": town} for place, town in PLACES]
    path.write_text(with_rows(text, {"phenomena": [row], "places": places}), encoding="utf-8")


def with_rows(text: str, more: dict[str, list[dict]]) -> str:
    """The file with rows added at the end of parameter tables, its other lines untouched."""
    lines, table, inside = [], "", False
    for line in text.splitlines():
        stripped, depth = line.strip(), len(line) - len(line.lstrip())
        if inside and stripped and depth <= 6:
            lines += flow(more.pop(table, []))
            inside = False
        if depth == 4 and stripped.rstrip(":") in more:
            table = stripped.rstrip(":")
        if depth == 6 and stripped == "rows:" and table in more:
            inside = True
        lines.append(line)
    return "\n".join(lines) + "\n"


def flow(rows: list[dict]) -> list[str]:
    """Rows in YAML's flow style, one a line."""
    return [
        f"        - {yaml.safe_dump(row, default_flow_style=True, allow_unicode=True, width=1000).strip()}"
        for row in rows
    ]
