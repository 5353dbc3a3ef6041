"""Free text."""

from typing import Any

from monespace.engine.kinds.base import Bad, Kind, Look, Posted, clean, last


class Text(Kind):
    """One line, or several with `lines`."""

    def __init__(self, *, lines: bool = False):
        self.lines = lines

    def most(self, question: Any) -> int:
        return question.d.max_length or (3000 if self.lines else 200)

    def read(self, question: Any, posted: Posted, look: Look) -> str | None:
        return clean(last(posted), self.most(question), lines=self.lines) or None

    def decode(self, question: Any, canonical: Any, look: Look) -> str:
        if not isinstance(canonical, str):
            raise Bad("unreadable")
        return clean(canonical, self.most(question), lines=self.lines)

    def show(self, question: Any, canonical: Any, look: Look) -> list[str]:
        return str(canonical).split("\n")
