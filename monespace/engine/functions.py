"""The functions that expressions may call; nothing else can be called."""

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from monespace.engine.complaints import close_to
from monespace.engine.operators import bounded
from monespace.engine.syntax import Wrong
from monespace.engine.values import BOOLEAN, DATE, INTEGER, NUMBER, UNANSWERED, YEAR, Code, Type

OVER_ROWS = ("sum", "total", "count", "any", "all", "min", "max")
FIRST = "first"  # first(table, condition).column


def add_months(day: date, months: int) -> date:
    """The same day some months later; the last day of the month when it has fewer days."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def end_of_month(day: date) -> date:
    """The last day of this day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_between(start: date, end: date) -> int:
    """Whole months from start to end; less than zero when end is earlier."""
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (1 if add_months(start, months) > end else 0)


def _rounded(way: str) -> Callable:
    def do(value: Decimal, places: Decimal = Decimal(0)) -> Decimal:
        return value.quantize(Decimal(1).scaleb(-max(0, min(10, int(places)))), rounding=way)

    return do


def _number(do: Callable) -> Callable:
    return lambda *values: Decimal(do(*values))


# name: (types of the parts, how many are needed, type of the result, what it does)
_SIMPLE: dict[str, tuple[tuple[str, ...], int, Type, Callable]] = {
    "round": (("number", "number"), 1, NUMBER, _rounded(ROUND_HALF_UP)),
    "floor": (("number", "number"), 1, NUMBER, _rounded(ROUND_FLOOR)),
    "ceil": (("number", "number"), 1, NUMBER, _rounded(ROUND_CEILING)),
    "abs": (("number",), 1, NUMBER, abs),
    "year": (("date",), 1, YEAR, _number(lambda day: day.year)),
    "month": (("date",), 1, INTEGER, _number(lambda day: day.month)),
    "day": (("date",), 1, INTEGER, _number(lambda day: day.day)),
    "add_days": (("date", "number"), 2, DATE, lambda day, n: day + timedelta(days=int(n))),
    "add_months": (("date", "number"), 2, DATE, lambda day, n: add_months(day, int(n))),
    "add_years": (("date", "number"), 2, DATE, lambda day, n: add_months(day, 12 * int(n))),
    "end_of_month": (("date",), 1, DATE, end_of_month),
    "days_between": (("date", "date"), 2, INTEGER, _number(lambda start, end: (end - start).days)),
    "months_between": (("date", "date"), 2, INTEGER, _number(months_between)),
    "years_between": (("date", "date"), 2, INTEGER, _number(lambda a, b: int(months_between(a, b) / 12))),
    "date": (("number", "number", "number"), 3, DATE, lambda y, m, d: date(int(y), int(m), int(d))),
    "length": (("text",), 1, INTEGER, _number(len)),
}
NAMES = (*_SIMPLE, *OVER_ROWS, FIRST, "answered", "if", "default", "unique", "acyclic")


def call(name: str, parts: list[Code], at: int) -> Code:
    """The code of a call. Raises `Wrong` for an unknown function or parts that do not fit."""
    if name in _SIMPLE:
        return _simple(name, parts, at)
    special = _SPECIAL.get("sum" if name == "total" else name)
    if special is None:
        raise Wrong(f"unknown function `{name}`", close_to(name, NAMES), at)
    return special(name, parts, at)


def _depth(parts: list[Code]) -> int:
    return 1 + max((part.depth for part in parts), default=0)


def _simple(name: str, parts: list[Code], at: int) -> Code:
    types, needed, result, do = _SIMPLE[name]
    if not needed <= len(parts) <= len(types) or any(p.type.base != t for p, t in zip(parts, types, strict=False)):
        raise Wrong(f"`{name}` takes ({', '.join(types)})", "correct what stands between the brackets", at)
    if name in ("round", "floor", "ceil", "abs"):
        result = parts[0].type if parts[0].type.unit == "money" or name == "abs" else _whole(parts)

    def run(frame: Any) -> Any:
        values = [part.run(frame) for part in parts]
        if any(value is UNANSWERED for value in values):
            return UNANSWERED
        try:
            return do(*values)
        except (ValueError, OverflowError, ArithmeticError):
            return UNANSWERED

    return Code(run, result, _depth(parts))


def _whole(parts: list[Code]) -> Type:
    return INTEGER if len(parts) == 1 else NUMBER


def _answered(name: str, parts: list[Code], at: int) -> Code:
    _count(parts, 1, name, at)
    return Code(lambda frame: parts[0].run(frame) not in (UNANSWERED, []), BOOLEAN, _depth(parts))


def _if(name: str, parts: list[Code], at: int) -> Code:
    _count(parts, 3, name, at)
    condition, then, other = parts
    if condition.type.base != "boolean" or then.type.base != other.type.base:
        raise Wrong("`if` takes a condition and two values of one type", "write if(condition, a, b)", at)

    def run(frame: Any) -> Any:
        value = condition.run(frame)
        return UNANSWERED if value is UNANSWERED else (then if value else other).run(frame)

    unit = then.type.unit if then.type.unit == other.type.unit else other.type.unit or then.type.unit
    if "money" in (then.type.unit, other.type.unit):
        unit = "money"
    return Code(run, then.type._replace(unit=unit, options=None), _depth(parts))


def _default(name: str, parts: list[Code], at: int) -> Code:
    _count(parts, 2, name, at)
    first, other = parts
    if first.type.base != other.type.base:
        raise Wrong("`default` takes two values of one type", "write default(question, 0)", at)

    def run(frame: Any) -> Any:
        value = first.run(frame)
        return other.run(frame) if value is UNANSWERED else value

    return Code(run, first.type._replace(options=None), _depth(parts))


def _count(parts: list[Code], wanted: int, name: str, at: int) -> None:
    if len(parts) != wanted:
        raise Wrong(f"`{name}` takes {wanted} part(s), {len(parts)} found", "correct the brackets", at)


def _aggregate(name: str, parts: list[Code], at: int) -> Code:
    """sum(goods.amount), count(goods), count(photos), min(a, b)."""
    if len(parts) > 1 and name in ("min", "max"):
        return _extreme(name, parts, at)
    _count(parts, 1, name, at)
    (part,) = parts
    if part.type.base not in ("list", "rows"):
        raise Wrong(f"`{name}` needs rows or a list, this is a {part.type.base}", f"write {name}(group.question)", at)
    if name == "count":
        return Code(lambda frame: Decimal(len(_known(part.run(frame)))), INTEGER, _depth(parts))
    item = part.type.item
    wanted = {"any": ("boolean",), "all": ("boolean",)}.get(name, ("number",) if name in ("sum", "total") else _ORDERED)
    if item is None or item.base not in wanted:
        raise Wrong(f"`{name}` needs a list of {' or '.join(wanted)}", f"write {name}(group.question)", at)
    fold = _FOLDS["sum" if name == "total" else name]
    return Code(lambda frame: fold(_listed(part.run(frame))), item, _depth(parts))


def _extreme(name: str, parts: list[Code], at: int) -> Code:
    if any(part.type.base not in _ORDERED or part.type.base != parts[0].type.base for part in parts):
        raise Wrong(f"`{name}` takes numbers or dates", f"write {name}(a, b)", at)
    fold = min if name == "min" else max

    def run(frame: Any) -> Any:
        values = [part.run(frame) for part in parts]
        return UNANSWERED if any(value is UNANSWERED for value in values) else fold(values)

    unit = next((part.type.unit for part in parts if part.type.unit == "money"), parts[0].type.unit)
    return Code(run, parts[0].type._replace(unit=unit), _depth(parts))


def over_rows(name: str, frames: Callable, bodies: list[Code], at: int) -> Code:
    """sum(goods, amount * quantity), count(goods, amount > 500), any(table, …): the body is read in each row."""
    depth = 2 + _depth(bodies)
    if not bodies and name == "count":
        return Code(lambda frame: Decimal(len(frames(frame))), INTEGER, depth)
    _count(bodies, 1, f"{name} over rows", at)
    (body,) = bodies
    wanted = {"sum": ("number",), "total": ("number",), "min": _ORDERED, "max": _ORDERED}.get(name, ("boolean",))
    if body.type.base not in wanted:
        raise Wrong(f"`{name}` over rows needs a {' or '.join(wanted)}, this is a {body.type.base}", "correct it", at)
    fold = _FOLDS["sum" if name == "total" else name]
    result = INTEGER if name == "count" else body.type
    return Code(lambda frame: fold([body.run(row) for row in frames(frame)]), result, depth)


def first(name: str, frames: Callable, bodies: list[Code], at: int) -> Code:
    """first(phenomena, starts <= day).title: the first line of a table in which the condition holds."""
    _count(bodies, 1, "first over a table", at)
    if bodies[0].type.base != "boolean":
        raise Wrong("`first` needs a condition", "write first(table, condition).column", at)

    def run(frame: Any) -> Any:
        return next((line.cells for line in frames(frame) if bodies[0].run(line) is True), UNANSWERED)

    return Code(run, Type("cells", name=name), 2 + _depth(bodies))


def _unique(name: str, parts: list[Code], at: int) -> Code:
    _count(parts, 1, name, at)
    if parts[0].type.base != "list":
        raise Wrong("`unique` takes the answers of rows", "write unique(group.question)", at)

    def run(frame: Any) -> bool:
        values = _known(parts[0].run(frame))
        return len(values) == len(set(map(str, values)))

    return Code(run, BOOLEAN, _depth(parts))


def _acyclic(name: str, parts: list[Code], at: int) -> Code:
    """acyclic(companies, parent): following each row's reference never comes back."""
    _count(parts, 2, name, at)
    rows, refs = parts
    if rows.type.base != "rows" or refs.type.base != "list":
        raise Wrong("`acyclic` takes rows and the references between them", "write acyclic(rows, rows.parent)", at)

    def run(frame: Any) -> bool:
        above = dict(zip([row.row for row in rows.run(frame)], refs.run(frame), strict=True))
        return all(_ends(start, above) for start in above)

    return Code(run, BOOLEAN, _depth(parts))


def _ends(start: Any, above: dict) -> bool:
    seen, at = set(), start
    while at in above:
        if at in seen:
            return False
        seen.add(at)
        at = above[at]
    return True


def _listed(value: Any) -> list:
    return value if isinstance(value, list) else []


def _known(value: Any) -> list:
    return [each for each in _listed(value) if each is not UNANSWERED]


def _any(values: list) -> Any:
    return True if True in values else UNANSWERED if UNANSWERED in values else False


def _all(values: list) -> Any:
    return False if False in values else UNANSWERED if UNANSWERED in values else True


# What is not answered yet does not count in a sum, a count or an extreme: the total of what is known.
_ORDERED = ("number", "date")
_FOLDS: dict[str, Callable[[list], Any]] = {
    "sum": lambda values: bounded(sum(_known(values), Decimal(0))),
    "count": lambda values: Decimal(sum(1 for value in values if value is True)),
    "any": _any,
    "all": _all,
    "min": lambda values: min(_known(values), default=UNANSWERED),
    "max": lambda values: max(_known(values), default=UNANSWERED),
}
_SPECIAL: dict[str, Callable[[str, list[Code], int], Code]] = {
    "answered": _answered, "if": _if, "default": _default, "unique": _unique, "acyclic": _acyclic,
    **dict.fromkeys(OVER_ROWS, _aggregate),
}  # fmt: skip
