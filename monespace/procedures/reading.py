"""Reads content/: procedure files, themes, authorities, synonyms, teams. Every mistake is a complaint with its file."""

from dataclasses import dataclass
from pathlib import Path

import msgspec
import yaml

from monespace.procedures.authoring import check
from monespace.procedures.content import Communes, Language, Listing, Words
from monespace.procedures.loading import Procedure, Unusable, load_file


class Refused(Exception):
    """What is wrong, one sentence each."""

    def __init__(self, complaints: list[str]):
        super().__init__("\n".join(complaints))
        self.complaints = complaints


class Theme(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One theme, in one of the groups that the Portal shows."""

    group: str
    fr: str
    de: str


class Themes(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """content/themes.yaml."""

    groups: dict[str, Words]
    themes: dict[str, Theme]


class Authority(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One administration by which lists are narrowed; an authority's text that begins with one of `starts` is of it."""

    fr: str
    de: str
    starts: list[str]


class Elsewhere(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A subject that nobody in the Portal handles: its words, where it is done, the theme of the nearest procedures."""

    words: dict[Language, list[str]]
    theme: str
    text: Words


class Handles(msgspec.Struct, frozen=True):
    """What one team of teams.yaml receives; the room of the agents reads the rest."""

    procedures: list[str] = []


@dataclass(frozen=True)
class Source:
    """One procedure file: its public part, and its form as written, if it has one."""

    listing: Listing
    form: dict | None


@dataclass(frozen=True)
class Content:
    """Everything the catalogue is made of."""

    sources: dict[str, Source]
    themes: Themes
    authorities: dict[str, Authority]
    synonyms: dict[str, list[list[str]]]
    handled: frozenset[str] | None  # procedures that a team receives; None: the folder has no teams.yaml


def read_content(folder: Path) -> Content:
    """Read a content folder (procedures/*.yaml, themes, authorities, synonyms, teams). Raises Refused with every complaint."""
    complaints: list[str] = []
    sources: dict[str, Source] = {}
    for path in sorted((folder / "procedures").glob("*.yaml")):
        try:
            sources[path.stem] = read_source(path)
        except Refused as refused:
            complaints += refused.complaints
    if complaints:
        raise Refused(complaints)
    read_communes(folder)
    synonyms = _convert(folder / "synonyms.yaml", dict[str, list[list[str]]])
    content = Content(sources, read_themes(folder), read_authorities(folder), synonyms, read_handled(folder))
    if complaints := [*disagreements(content), *_without_theme(read_elsewhere(folder), content.themes)]:
        raise Refused(complaints)
    return content


def check_in_place(path: Path) -> list[str]:
    """All complaints about a procedure file: its own, and what the content folder around it does not know."""
    found = check(path)
    folder = path.absolute().parent.parent
    if found or not (folder / "themes.yaml").exists():
        return found
    try:
        read_content(folder)
    except Refused as refused:
        return [each for each in refused.complaints if each.startswith(f"{path.name}:")]
    return []


def read_themes(folder: Path) -> Themes:
    """themes.yaml. Raises Refused."""
    return _convert(folder / "themes.yaml", Themes)


def read_authorities(folder: Path) -> dict[str, Authority]:
    """authorities.yaml. Raises Refused."""
    return _convert(folder / "authorities.yaml", dict[str, Authority])


def read_handled(folder: Path) -> frozenset[str] | None:
    """The procedures that the teams of teams.yaml receive; None without that file: teams are told another way."""
    path = folder / "teams.yaml"
    if not path.exists():
        return None
    return frozenset(slug for team in _convert(path, list[Handles]) for slug in team.procedures)


def read_communes(folder: Path) -> Communes:
    """communes.yaml; nothing without that file: the pages then say in words how to reach one's municipality. Raises Refused."""
    path = folder / "communes.yaml"
    return _convert(path, Communes) if path.exists() else Communes(usual_counter="", communes=[])


def read_elsewhere(folder: Path) -> list[Elsewhere]:
    """elsewhere.yaml; nothing without that file. Raises Refused."""
    path = folder / "elsewhere.yaml"
    return _convert(path, list[Elsewhere]) if path.exists() else []


def _without_theme(subjects: list[Elsewhere], themes: Themes) -> list[str]:
    return [
        f"elsewhere.yaml: the theme «{each.theme}» is not in themes.yaml."
        for each in subjects
        if each.theme not in themes.themes
    ]


def read_source(path: Path) -> Source:
    """One procedure file; its form has passed the engine, and its examples come out as they say. Raises Refused."""
    try:
        read = load_file(path)
    except Unusable as unusable:
        raise Refused(unusable.complaints) from None
    if read.form is not None and (complaints := check(path)):
        raise Refused(complaints)
    return Source(_in_the_form_s_languages(read), read.source)


def _in_the_form_s_languages(read: Procedure) -> Listing:
    """A form filed here says itself in which languages; the public part's own fact is for requests filed elsewhere."""
    if read.form is None:
        return read.listing
    return msgspec.structs.replace(read.listing, languages=list(read.form.languages))


def authority_of(text: str, authorities: dict[str, Authority]) -> str:
    """The key of the administration that this text begins with; "" when none does."""
    plain = text.replace("\u00a0", " ")
    fitting = (key for key, authority in authorities.items() if plain.startswith(tuple(authority.starts)))
    return next(fitting, "")


def disagreements(content: Content) -> list[str]:
    """What single files cannot know: themes, authorities and links that do not exist, languages left out, nobody to receive."""
    return [
        f"{slug}.yaml: {sentence}"
        for slug, source in content.sources.items()
        for sentence in [*_wrong(source.listing, content), *_received_by_nobody(slug, source, content)]
    ]


def _received_by_nobody(slug: str, source: Source, content: Content) -> list[str]:
    if source.form is None or content.handled is None or slug in content.handled:
        return []
    return [f"no team receives its requests; add {slug} to `procedures:` of a team in teams.yaml."]


def _wrong(listing: Listing, content: Content) -> list[str]:
    found = []
    for name in ("title", "summary", "search"):
        found += [f"`{name}` has no {lang}." for lang in ("fr", "de") if not getattr(listing, name).get(lang)]
    if listing.theme not in content.themes.themes:
        known = ", ".join(sorted(content.themes.themes))
        found.append(f"the theme «{listing.theme}» is not in themes.yaml; known: {known}.")
    if not authority_of(listing.authority, content.authorities):
        found.append(f"no authority of authorities.yaml begins «{listing.authority}».")
    links = [*listing.related, *listing.successors]
    return found + [f"there is no procedure «{slug}» to lead to." for slug in links if slug not in content.sources]


def _plain(path: Path):
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except FileNotFoundError:
        raise Refused([f"{path}: this file is missing."]) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise Refused([f"{path}{line}: this is not YAML: {getattr(error, 'problem', error)}."]) from None


def _typed(path: Path, plain, kind):
    try:
        return msgspec.convert(plain, kind)
    except msgspec.ValidationError as error:
        raise Refused([f"{path}: {error}."]) from None


def _convert(path: Path, kind):
    return _typed(path, _plain(path), kind)
