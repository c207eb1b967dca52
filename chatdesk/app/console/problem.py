"""Why a run of the command line ends without its result: what is found out here, in the command line itself.

Errors of servers and files are `kernel/errors/base.py`; how both are told: `app/console/error_texts.py`.
"""

from chatdesk.app.exit_code import ExitCode
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What is told of an error: the exit code, a name for programs, a sentence for people, and the server's or system's own words."""

    code: ExitCode
    name: str
    sentence: str
    detail: str = ""

    @property
    def lines(self) -> str:
        """The sentence, and the detail on a line of its own."""
        return "".join(f"{line}\n" for line in (self.sentence, self.detail) if line)


class ConsoleError(Exception):
    """Nothing can be printed. `text` is the English source of a sentence in the context `Console`; `values` go into its braces."""

    def __init__(self, code: ExitCode, name: str, text: str, /, **values: object) -> None:
        super().__init__(text.format_map(values))
        self.code = code
        self.name = name
        self.text = text
        self.values = values


class WrongUsage(ConsoleError):
    """What was typed cannot be done; its text says why and what would do."""

    def __init__(self, text: str, /, **values: object) -> None:
        super().__init__(ExitCode.USAGE, "wrong_usage", text, **values)
