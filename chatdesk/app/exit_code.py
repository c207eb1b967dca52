"""How the program ends, told to whoever started it. Which error ends it how: `error_texts.py`."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the program's end means to a script."""

    ANSWERED = 0
    BUG = 1
    USAGE = 2
    """The command line could not be understood (argparse's own)."""
    NOT_AVAILABLE = 3
    """No server or model to ask: nothing runs there, the engine cannot start, no such model."""
    REFUSED = 4
    """The server answered, and said no: key, credit, too long, too many requests."""
    CUT_OFF = 5
    """The answer broke off; what had arrived was printed."""
    STOPPED = 130
    """Ctrl+C."""
