"""Reports of a run besides its result: warnings and the final error, as text. As JSON: `json_lines.py`."""

from typing import Protocol

from chatdesk.app.console.output import Output
from chatdesk.app.exit_code import ExitCode
from chatdesk.kernel.fast_dataclass import dataclass

# Errors of the command line itself, and the report of any error.
#
# Errors of servers and files are in `kernel/errors/`; `error_texts.py` describes them.


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


class Report(Protocol):
    """Receives the warnings and the end of a run."""

    def warn(self, name: str, sentence: str) -> None:
        """Report something the user should know that does not end the run."""

    def close(self) -> None:
        """Complete the output, also after an error."""

    def fail(self, problem: Problem) -> None:
        """Report why there is no result, or only part of it."""

    def end(self, code: ExitCode) -> None:
        """Report the end of the run. It is the last call."""


class TextReport:
    """A report as text on standard error."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def warn(self, name: str, sentence: str) -> None:  # noqa: ARG002 - names are for programs
        """Write a line."""
        self._output.write_status(f"{sentence}\n")

    def close(self) -> None:
        """Do nothing: a list is complete with its last line."""

    def fail(self, problem: Problem) -> None:
        """Write the sentence, and the message of the server or system below it."""
        self._output.write_status(problem.lines)

    def end(self, code: ExitCode) -> None:
        """Do nothing: the exit code is enough."""
