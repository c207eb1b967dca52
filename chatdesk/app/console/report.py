"""What a run tells besides its result, for people: warnings, and the error it ends with. For programs: `json_lines.py`."""

from typing import Protocol

from chatdesk.app.console.output import Output
from chatdesk.app.console.problem import Problem
from chatdesk.app.exit_code import ExitCode


class Report(Protocol):
    """Who is told how a run goes, whatever it is that it prints."""

    def warn(self, name: str, sentence: str) -> None:
        """Tell of something the user should know, which does not end the run."""

    def close(self) -> None:
        """Bring what is printed to its end, however it came to it."""

    def fail(self, problem: Problem) -> None:
        """Tell why there is no result, or only a part of it."""

    def end(self, code: ExitCode) -> None:
        """Tell how the run ended. Nothing comes after it."""


class TextReport:
    """On standard error."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def warn(self, name: str, sentence: str) -> None:  # noqa: ARG002 - names are for programs
        """Write a line."""
        self._output.write_status(f"{sentence}\n")

    def close(self) -> None:
        """Nothing to do: a list is whole with its last line."""

    def fail(self, problem: Problem) -> None:
        """Write the sentence, and the server's or system's own words below it."""
        self._output.write_status(problem.lines)

    def end(self, code: ExitCode) -> None:
        """Nothing to write: the exit code says it."""
