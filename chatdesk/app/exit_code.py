"""How the program ends, told to whoever started it. Which error ends it how: `error_texts.py`."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the program's end means to a script."""

    ANSWERED = 0
    BUG = 1
    """A file or the output cannot be read or written, or something went wrong in Chatdesk itself."""
    USAGE = 2
    """What was typed or piped in cannot be understood."""
    NOT_AVAILABLE = 3
    """No server or model to ask: nothing runs there, the engine cannot start, no such model."""
    REFUSED = 4
    """The server answered, and said no: key, credit, too long, too many requests."""
    CUT_OFF = 5
    """The answer broke off, or is empty; what had arrived was printed."""
    STOPPED = 130
    """Ctrl+C, or nobody reads on."""
