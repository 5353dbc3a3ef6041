"""What stops a command, said in one sentence to the person who typed it."""

DISK_IS_FULL = "The disk is full: free about 700 MB and start again."
FULL_DISK_SIGNS = ("No space left on device", "Disk quota exceeded", "could not extend file")


class Trouble(Exception):
    """Its text is one sentence that says what is wrong and what to do; `main` prints it and ends with 1."""


def say(text: str) -> None:
    """One line of progress, at once, even into a file."""
    print(text, flush=True)


def tells_of_a_full_disk(text: str) -> bool:
    """Whether these words, the system's or PostgreSQL's, say that nothing more can be written."""
    return any(sign in text for sign in FULL_DISK_SIGNS)


def reason(said: str, otherwise: str) -> Trouble:
    """What to raise for a program that failed after these words: a full disk when they tell of one, else this sentence."""
    return Trouble(DISK_IS_FULL if tells_of_a_full_disk(said) else otherwise)


def sentence_of(error: Exception) -> str | None:
    """The sentence for an error that the operator can mend; None for a mistake of ours, which keeps its traceback."""
    import psycopg
    from django.core.exceptions import ImproperlyConfigured

    cause = error.__cause__ if isinstance(error.__cause__, psycopg.Error) else error  # Django wraps the driver's
    if isinstance(cause, OSError | psycopg.Error) and tells_of_a_full_disk(str(cause)):
        return DISK_IS_FULL
    if isinstance(error, ImproperlyConfigured):
        return str(error)
    if isinstance(error, EOFError):
        return "Nothing was typed: run this in a terminal, or give one answer a line."
    if isinstance(cause, psycopg.errors.UndefinedTable | psycopg.errors.UndefinedColumn):
        return "The database is not that of this version: run «monespace migrate»."
    if isinstance(cause, psycopg.OperationalError):
        return "The database does not answer: check DATABASE_URL and whether PostgreSQL runs."
    return None
