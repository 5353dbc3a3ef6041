"""The form engine: definition, kinds of question, conditions, path, summary. Pure: no Django, no clock, no files."""

from monespace.engine.applicable import applicable_answers
from monespace.engine.comparing import Change, compare
from monespace.engine.complaints import Complaint, Refused
from monespace.engine.confirming import Confirmer
from monespace.engine.definition import Definition, schema
from monespace.engine.editing import add_row, apply, contest, opened, remove_row, reopened, start, uncontest
from monespace.engine.importing import Column, Fault, Trial
from monespace.engine.judging import Problem
from monespace.engine.load import load
from monespace.engine.merging import Merged, changed_places, leaves, merge
from monespace.engine.moving import Move, Unfit, move
from monespace.engine.nodes import Form
from monespace.engine.path import CHECK
from monespace.engine.reading import Reading, read_page
from monespace.engine.shown import Field, PageView
from monespace.engine.state import Context
from monespace.engine.telling import told
from monespace.engine.walk import Task, Walk

__all__ = [
    "CHECK",
    "Change",
    "Column",
    "Complaint",
    "Confirmer",
    "Context",
    "Definition",
    "Fault",
    "Field",
    "Form",
    "Merged",
    "Move",
    "PageView",
    "Problem",
    "Reading",
    "Refused",
    "Task",
    "Trial",
    "Unfit",
    "Walk",
    "add_row",
    "applicable_answers",
    "apply",
    "changed_places",
    "compare",
    "contest",
    "leaves",
    "load",
    "merge",
    "move",
    "opened",
    "read_page",
    "remove_row",
    "reopened",
    "schema",
    "start",
    "told",
    "uncontest",
]  # fmt: skip
