"""Which forms make which kind, which functions represent whom, which situations freeze an enterprise. Tables, no code.

Form codes: 411 commune and 412 CPAS, 017 ASBL as used in the BCE's code table; natural persons have no form. An operator
checks them against the code.csv of its own extract (`monespace check` compares). Function codes are those of the separate
source of legal functions: five letters (FONDA founder, ADMIN director, ADMDL managing director, GESJO daily management,
BOURG mayor, DIRGE director general, PCPAS chair of a CPAS, PRESI chair, CURAT bankruptcy trustee, LIQUI liquidator,
COMMI auditor).
"""

KIND_BY_FORM = {"411": "commune", "412": "cpas", "017": "asbl"}
NATURAL_PERSON = "1"  # TypeOfEnterprise

# Functions with the power to represent, by kind. Auditors (commissaires) never represent; daily management (gestion
# journalière) binds the enterprise for daily acts only (Companies Code 5:79, 7:121, 9:10), not to name who acts for it.
WINDING_UP = frozenset({"CURAT", "LIQUI"})
REPRESENTS: dict[str, frozenset[str]] = {
    "self_employed": frozenset({"FONDA", "CURAT"}),
    "company": frozenset({"ADMIN", "ADMDL", "PRESI"}) | WINDING_UP,
    "asbl": frozenset({"ADMIN", "ADMDL", "PRESI"}) | WINDING_UP,
    "commune": frozenset({"BOURG", "DIRGE"}),
    "cpas": frozenset({"PCPAS", "DIRGE"}),
}
# Situations of an enterprise that lives normally. In any other, only those who wind it up represent it.
NORMAL_SITUATIONS = frozenset({"000", "001", "002"})


def is_frozen(situation: str, gone: bool) -> bool:
    """Whether the enterprise is bankrupt, dissolved or stopped: read only for its former organs."""
    return gone or situation not in NORMAL_SITUATIONS


def represents(kind: str, function: str, *, frozen: bool) -> bool:
    """Whether a function gives the power to represent an enterprise of this kind now."""
    return function in REPRESENTS.get(kind, frozenset()) and (not frozen or function in WINDING_UP)
