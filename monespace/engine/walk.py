"""A form half filled: what to do, what comes next, what is missing, what it says so far."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from monespace.engine import judging, merging, summary, view
from monespace.engine.applicable import applicable_answers
from monespace.engine.confirming import Confirmer, confirmers, person_at
from monespace.engine.judging import Problem
from monespace.engine.kinds import Look
from monespace.engine.messages import sentence
from monespace.engine.nodes import Form, QuestionNode, SectionNode
from monespace.engine.path import CHECK, Step, steps
from monespace.engine.reading import Reading
from monespace.engine.shown import PageView
from monespace.engine.state import Context, State
from monespace.engine.values import UNANSWERED


class Task(NamedTuple):
    """A section in the task list. state: done, started, todo, cannot_start; `address`: where to begin, or ""."""

    id: str
    title: str
    state: str
    address: str


class Walk:
    """Everything about one form with these answers. Cheap to make; works out only what is asked, once.

    `answers` may hold anything: what cannot be read counts as not answered and is a problem.
    """

    def __init__(self, form: Form, answers: Mapping[str, Any], context: Context):
        self.form, self.context = form, context
        self.state = State(form, answers, context)
        self._steps: list[Step] | None = None
        self._problems: dict[tuple[str, str], list[Problem]] = {}

    @property
    def steps(self) -> list[Step]:
        if self._steps is None:
            self._steps = steps(self.state)
        return self._steps

    @property
    def addresses(self) -> list[str]:
        """Addresses of the pages that apply, in order; `verifier` last unless the path stops before."""
        return [step.address for step in self.steps] + ([] if self.stop() else [CHECK])

    def page(self, address: str, language: str, reading: Reading | None = None) -> PageView:
        """The page at an address. Raises `LookupError` when it does not apply (any more)."""
        if address == CHECK and not self.stop():
            return PageView(CHECK, "check", sentence(language, "check_title"))
        step = self.step_at(address)
        if step is None:
            raise LookupError(address)
        return view.page_view(step, language, reading)

    def titled(self, address: str, language: str) -> str:
        """The title of the page at an address; empty when it does not apply."""
        return self.page(address, language).title if self.step_at(address) else ""

    def held(self, address: str) -> dict[str, list[Any]]:
        """By field name, the values that the page at an address may show in its fields; empty when it does not apply."""
        step = self.step_at(address)
        return dict(merging.shown_values(step)) if step else {}

    def said(self, address: str, field: str, language: str) -> str:
        """What stands in a field of the page at an address, as text; empty when nothing does."""
        step = self.step_at(address)
        return merging.said(step, field, language) if step else ""

    def named(self, places: set[str], language: str) -> dict[str, merging.Place]:
        """What the answers at places of the form (goods/r1/amount) are called, in its order; those on no page are left out."""
        return merging.named(self.steps, places, language)

    def step_at(self, address: str) -> Step | None:
        """The page of the path that has this address."""
        return next((each for each in self.steps if each.address == address), None)

    def confirmers(self, language: str) -> list[Confirmer]:
        """Everybody who has to agree before the request is sent."""
        return confirmers(self.steps, language)

    def person_at(self, place: str) -> str:
        """The sealed national number of whom a row names who has to agree; empty when it names nobody (any more)."""
        return person_at(self.state, place)

    def first_of_row(self, address: str, row: str) -> str | None:
        """The first page of one row of the group whose list is at this address."""
        return next((each for each in self.addresses if each.startswith(f"{address}/{row}/")), None)

    def next_after(self, address: str) -> str | None:
        """Where "Continue" leads: from the list of a group past its rows, from the end of a row back to the list."""
        every = self.addresses
        if address not in every:
            return next((problem.address for problem in self.problems()), every[-1])
        inside = address.count("/") > 1
        row = address.rsplit("/", 1)[0] + "/"
        for each in every[every.index(address) + 1 :]:
            if inside and not each.startswith(row):
                return self._list_above(address)
            if not each.startswith(f"{address}/"):
                return each
        return self._list_above(address) if inside else None

    def _list_above(self, address: str) -> str:
        """The list of the group to which a page's row belongs: s/goods for s/goods/r1/page."""
        return address.rsplit("/", 2)[0]

    def previous_before(self, address: str) -> str | None:
        """Where "Back" leads; None on the first page."""
        every = self.addresses
        if address not in every:
            return None
        inside = address.count("/") > 1
        row = address.rsplit("/", 1)[0] + "/"
        for each in reversed(every[: every.index(address)]):
            if inside:
                if not each.startswith(row):
                    return self._list_above(address)
                if each.count("/") == address.count("/"):
                    return each
            elif each.count("/") == 1:
                return each
        return None

    def may_change(self, address: str) -> bool:
        """Whether a page can be changed: of a form that was validated, only what is asked after that."""
        if not (self.form.definition.validate and self.context.validated):
            return True
        return any(step.address == address and step.section.d.once_validated for step in self.steps)

    def first_once_validated(self) -> str | None:
        """The first page that is asked once the rest is validated; None when there is none."""
        return next((step.address for step in self.steps if step.section.d.once_validated), None)

    def problems(self, language: str = "fr") -> list[Problem]:
        """Everything that keeps the request from being sent, page by page."""
        return self._judged(language, "error")

    def warnings(self, language: str = "fr") -> list[Problem]:
        """What deserves a second look; it does not keep the request from being sent."""
        return self._judged(language, "warning")

    def _judged(self, language: str, level: str) -> list[Problem]:
        key = (language, level)
        if key not in self._problems:
            self._problems[key] = [
                Problem(step.address, question, field, view.in_row(step.frame, text, language))
                for step in self.steps
                for question, (field, text) in judging.on_page(step, language, level)
            ]
        return self._problems[key]

    def stop(self) -> str | None:
        """The address of the stop page that is reached, if any."""
        return self.steps[-1].address if self.steps and self.steps[-1].page.d.stop else None

    @property
    def is_complete(self) -> bool:
        """Whether the request can be sent as far as its answers go."""
        return not self.stop() and not self.problems()

    @property
    def missing_attachments(self) -> int:
        """How many questions still wait for a document."""
        return summary.missing_attachments(self.steps)

    def tasks(self, language: str) -> list[Task]:
        """The task list: each section that applies or may still apply."""
        found: list[Task] = []
        for section in self.form.sections:
            holds = True if section.when is None else section.when.run(self.state.top)
            if holds is False:
                continue
            here = [step for step in self.steps if step.section is section]
            waits = section.d.once_validated and not self.context.validated
            if not here and holds is True and not self.stop() and not waits:
                continue  # none of its pages applies
            found.append(self._task(section, here, language, {task.id: task.state for task in found}))
        return found

    def _task(self, section: SectionNode, here: list[Step], language: str, before: Mapping[str, str]) -> Task:
        title = self.state.text(section.words["title"], Look(self.state, self.state.top, language))
        if not here or any(before.get(each, "done") != "done" for each in section.d.needs):
            return Task(section.id, title, "cannot_start", "")
        wrong = {problem.address for problem in self.problems()}
        open_ = [step.address for step in here if step.address in wrong or not self._touched(step)]
        if not open_ and not here[-1].page.d.stop:
            return Task(section.id, title, "done", here[0].address)
        begun = any(self._touched(step) and self._asks(step) for step in here)
        address = open_[0] if open_ else here[-1].address
        return Task(section.id, title, "started" if begun else "todo", address)

    def _touched(self, step: Step) -> bool:
        """Whether a page was saved or answered in another way; a page that asks nothing needs neither."""
        seen = self.state.answers.get("_seen")
        if isinstance(seen, list) and step.address in seen:
            return True
        if step.page.group:
            return bool(self.state.rows(step.page.id, step.frame))
        asked = self._asked(step)
        return not asked or any(step.frame.data.get(each.id) is not None for each in asked)

    def _asked(self, step: Step) -> list[QuestionNode]:
        return [each for each in step.page.questions if each.asks and self.state.asked(each, step.frame)]

    def _asks(self, step: Step) -> bool:
        return bool(step.page.group) or bool(self._asked(step))

    def computed(self, name: str) -> Any:
        """The value of a question or computed value of the whole form: Decimal, date, bool, str, or None."""
        question = self.form.questions.get(name)
        if question is None or question.path:
            raise LookupError(name)
        value = self.state.value(question, self.state.top)
        return None if value is UNANSWERED else value

    def deadline(self) -> date | None:
        """The last day to send the request, when it is known."""
        code = self.form.deadline
        value = code.run(self.state.top) if code else UNANSWERED
        return value if isinstance(value, date) else None

    def deadline_text(self, language: str) -> str:
        """The rule of the deadline in words; empty when the form has none."""
        return self.state.text(self.form.deadline_words, Look(self.state, self.state.top, language))

    def applicable_answers(self) -> dict[str, Any]:
        """The answers that count, as they are sent."""
        return applicable_answers(self.form, self.state.answers, self.context)

    def summary(self, language: str) -> dict[str, Any]:
        """Sections, labels and values as shown, JSON-able: what is frozen at submission. National numbers masked."""
        return summary.summary(self.steps, self.state, language)


def as_json(value: Any) -> Any:
    """A typed value as JSON can carry it."""
    if isinstance(value, Decimal):
        return format(value.normalize() if value == value.to_integral() else value, "f")
    return value.isoformat() if isinstance(value, date) else value
