"""Errors of the command line itself, and the report of any error.

Errors of servers and files are in `kernel/errors/`; `error_texts.py` describes them.
"""

from chatdesk.app.exit_code import ExitCode
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """The report of an error: the exit code, a name for programs, a sentence, and the message of the server or system."""

    code: ExitCode
    name: str
    sentence: str
    detail: str = ""

    @property
    def lines(self) -> str:
        """The sentence, and the detail on a line of its own."""
        return "".join(f"{line}\n" for line in (self.sentence, self.detail) if line)


class ConsoleError(Exception):
    """There is no result. `text` is the English source of a sentence in the context `Console`, `values` are its placeholders."""

    def __init__(self, code: ExitCode, name: str, text: str, /, **values: object) -> None:
        super().__init__(text.format_map(values))
        self.code = code
        self.name = name
        self.text = text
        self.values = values


class WrongUsage(ConsoleError):
    """The command cannot be run as typed. The text says why, and what to do instead."""

    def __init__(self, text: str, /, **values: object) -> None:
        super().__init__(ExitCode.USAGE, "wrong_usage", text, **values)
