"""How often a code is asked for: strict by number and by account, generous by network address (a commune's four hundred people
sign in from behind one), and the worker keeps the day's limit of the whole portal."""

from monespace.identity.limits import count_try

HOUR, DAY = 3600, 86400
PER_ADDRESS = 1500  # codes an hour
TRIES = 5  # of one code, then it is void (OWASP ASVS 5.0, 6.6.3)
MOST_SENT = 3  # codes of one sign-in
WAIT_SECONDS = 60  # before another code is sent


def may_send(*, number: str, account: object, address: str) -> None:
    """Counts one code; raises TooMany. The same counts for a number that nobody bound: `account` is then anything."""
    count_try("sms by address", address, limit=PER_ADDRESS, seconds=HOUR)
    count_try("sms by number", number, limit=6, seconds=HOUR)
    count_try("sms by number in a day", number, limit=15, seconds=DAY)
    count_try("sms by account in a day", account, limit=15, seconds=DAY)


def may_guess(*, number: str, address: str) -> None:
    """Counts one code typed; raises TooMany. By number: beyond what an honest person mistypes in a day."""
    count_try("sms code typed, by address", address, limit=3000, seconds=HOUR)
    count_try("sms code typed", number, limit=40, seconds=DAY)


def may_try_password(*, number: str) -> None:
    """Counts one password; raises TooMany (NIST SP 800-63B-4, 3.2.2: at most 100 wrong ones in a row)."""
    count_try("password in an hour", number, limit=10, seconds=HOUR)
    count_try("password in a day", number, limit=30, seconds=DAY)
