"""Which forms make which kind, which functions represent whom, which situations freeze an enterprise. Tables, no code.

Form codes: 411 commune and 412 CPAS, 017 ASBL as used in the BCE's code table; natural persons have no form. An operator
checks them against the code.csv of its own extract (`monespace check` compares).
"""

KIND_BY_FORM = {"411": "commune", "412": "cpas", "017": "asbl"}
NATURAL_PERSON = "1"  # TypeOfEnterprise

# Functions with the power to represent, by kind. Auditors (commissaires) never represent.
REPRESENTS: dict[str, frozenset[str]] = {
    "self_employed": frozenset({"founder"}),
    "company": frozenset({"director", "managing_director", "permanent_representative", "liquidator", "curator"}),
    "asbl": frozenset({"director", "chair", "managing_director", "liquidator", "curator"}),
    "commune": frozenset({"mayor", "director_general"}),
    "cpas": frozenset({"cpas_chair", "director_general"}),
}
# Once an enterprise is in one of these situations, only those who wind it up represent it (BCE: bankruptcy, dissolution).
WINDING_UP = frozenset({"liquidator", "curator"})
NORMAL_SITUATIONS = frozenset({"000", "001", "002"})


def is_frozen(situation: str, gone: bool) -> bool:
    """Whether the enterprise is bankrupt, dissolved or stopped: read only for its former organs."""
    return gone or situation not in NORMAL_SITUATIONS


def represents(kind: str, function: str, *, frozen: bool) -> bool:
    """Whether a function gives the power to represent an enterprise of this kind now."""
    return function in REPRESENTS.get(kind, frozenset()) and (not frozen or function in WINDING_UP)
