"""What stops a command, said in one sentence to the person who typed it."""


class Trouble(Exception):
    """Its text is one sentence that says what is wrong and what to do; `main` prints it and ends with 1."""


def say(text: str) -> None:
    """One line of progress, at once, even into a file."""
    print(text, flush=True)
