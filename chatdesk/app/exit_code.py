"""Exit codes of the program. `error_texts.py` assigns them to errors."""

from enum import IntEnum


class ExitCode(IntEnum):
    """Meaning of the exit code for scripts."""

    ANSWERED = 0
    BUG = 1
    """Reading a file or writing output failed, or an internal error occurred."""
    USAGE = 2
    """Invalid arguments or input."""
    NOT_AVAILABLE = 3
    """No server or model is available: it is not running, the engine cannot start, or the model does not exist."""
    REFUSED = 4
    """The server rejected the request: key, credit, length, or number of requests."""
    CUT_OFF = 5
    """The answer is incomplete or empty; what had arrived was printed."""
    STOPPED = 130
    """Ctrl+C, or the output was closed."""
