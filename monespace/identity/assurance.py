"""How strongly a person is identified: low, substantial, high (eIDAS, regulation 2015/1502), on the scale of the federal
service, whose numbers every sign-in carries: 500 the card, 450 itsme, 400 a code with a password, 200 a code alone.

What each act asks for is one table, `monespace.spaces.policy.LEAST_LEVEL`; a procedure may ask for more.
"""

LOW, SUBSTANTIAL, HIGH = 200, 400, 450
CARD = 500  # the strongest there is: who can sign in at all can sign in so, when it is asked
NAMES = {LOW: "low", SUBSTANTIAL: "substantial", HIGH: "high"}


def name_of(level: int) -> str:
    """low | substantial | high: the highest name that this level reaches; nothing below low."""
    return next((name for least, name in sorted(NAMES.items(), reverse=True) if level >= least), "")
