"""Reports of a run besides its result: warnings and the final error, as text. As JSON: `json_lines.py`."""

from typing import Protocol

from chatdesk.app.console.output import Output
from chatdesk.app.console.problem import Problem
from chatdesk.app.exit_code import ExitCode


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
