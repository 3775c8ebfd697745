"""The one error that people see: what went wrong, and what to do about it."""


class Problem(Exception):
    """Ends the start. Its text is printed as it is, without a traceback."""


def say(text: str) -> None:
    print(text, flush=True)
