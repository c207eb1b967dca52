"""The doctor's list: a line for each check, filled in while it runs, and what the whole comes to."""

from dataclasses import replace
from enum import StrEnum

from chatdesk.features.servers.domain.finding import Finding, Remedy, RemedyKind, Severity
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.server import ServerConfig


class Check(StrEnum):
    """What is looked at, in this order."""

    INSTALLED = "installed"
    """Whether the server's program is on this machine."""
    LISTENING = "listening"
    """Whether anything takes connections at host and port."""
    ANSWERING = "answering"
    """Whether what is there speaks the protocol, over TLS or not, at this path."""
    KEY = "key"
    MODEL = "model"
    ELSEWHERE = "elsewhere"
    """Where else on that machine the server, or another one, answers."""


class Progress(StrEnum):
    """How far a check is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    SKIPPED = "skipped"
    """It has nothing to say here: an earlier one says it all."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check and what it found; several things where it looked at several places."""

    check: Check
    progress: Progress = Progress.WAITING
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is known so far of why `server` cannot be used. `model_id` is the model somebody wants to ask; empty for none."""

    server: ServerConfig
    model_id: str = ""
    lines: tuple[CheckLine, ...] = ()
    is_running: bool = True

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What all checks found, in their order."""
        return tuple(finding for line in self.lines for finding in line.findings)

    @property
    def cause(self) -> Finding | None:
        """The first thing that is wrong: what comes after it may only follow from it."""
        return next((finding for finding in self.findings if finding.severity is Severity.BAD), None)

    @property
    def is_well(self) -> bool:
        """Whether everything was looked at, and nothing is wrong."""
        return not self.is_running and self.cause is None

    @property
    def best(self) -> tuple[Finding, Remedy] | None:
        """The one step to take next. A place that was seen to answer is better than advice for the place where nobody does."""
        offered = [
            (finding, remedy)
            for finding in self.findings
            if finding.severity is not Severity.GOOD
            for remedy in finding.remedies
        ]
        sure = (offer for offer in offered if offer[1].kind in _SURE)
        return next(sure, None) or next(iter(offered), None)

    def with_line(self, check: Check, progress: Progress, *findings: Finding) -> "Diagnosis":
        """Return it with this said of a check; what `findings` leave out stays."""
        lines = tuple(
            replace(line, progress=progress, findings=findings or line.findings) if line.check is check else line
            for line in self.lines
        )
        return replace(self, lines=lines)

    def without(self, check: Check) -> "Diagnosis":
        """Return it with nothing said of a check: it turned out not to matter."""
        lines = tuple(replace(line, findings=()) if line.check is check else line for line in self.lines)
        return replace(self, lines=lines)

    def finished(self) -> "Diagnosis":
        """Return it as it stays: what was not come to is skipped."""
        lines = tuple(
            line if line.progress is Progress.DONE else replace(line, progress=Progress.SKIPPED) for line in self.lines
        )
        return replace(self, lines=lines, is_running=False)


_SURE = frozenset({RemedyKind.USE_ADDRESS, RemedyKind.NO_PROXY})
"""Were tried before they are offered."""
