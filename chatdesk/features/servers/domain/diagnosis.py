"""Diagnosis of a server: a line for each check, filled in while the checks run, and conclusions from all of them."""

from dataclasses import replace
from enum import StrEnum

from chatdesk.features.servers.domain.finding import Finding, Remedy, RemedyKind, Severity
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.server import ServerConfig


class Check(StrEnum):
    """Checks in their order."""

    INSTALLED = "installed"
    """Whether the server's program is installed on this machine."""
    LISTENING = "listening"
    """Whether anything accepts connections at host and port."""
    ANSWERING = "answering"
    """Whether the server speaks the protocol, with the right scheme and path."""
    KEY = "key"
    MODEL = "model"
    ELSEWHERE = "elsewhere"
    """Where else on the machine this or another server answers."""


class Progress(StrEnum):
    """Progress of a check."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    SKIPPED = "skipped"
    """The check is irrelevant after the result of an earlier one."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check with its findings, several if it examined several addresses."""

    check: Check
    progress: Progress = Progress.WAITING
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Current knowledge about why `server` cannot be used. `model_id` is the model to be used; empty for none."""

    server: ServerConfig
    model_id: str = ""
    lines: tuple[CheckLine, ...] = ()
    is_running: bool = True

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Findings of all checks in order."""
        return tuple(finding for line in self.lines for finding in line.findings)

    @property
    def cause(self) -> Finding | None:
        """The first problem, since later ones may be consequences of it; None if there is none."""
        return next((finding for finding in self.findings if finding.severity is Severity.BAD), None)

    @property
    def is_well(self) -> bool:
        """Whether all checks are complete, and found no problem."""
        return not self.is_running and self.cause is None

    @property
    def best(self) -> tuple[Finding, Remedy] | None:
        """The best next step. An address that was seen to answer is better than advice for one that does not."""
        offered = [
            (finding, remedy)
            for finding in self.findings
            if finding.severity is not Severity.GOOD
            for remedy in finding.remedies
        ]
        verified = (offer for offer in offered if offer[1].kind in _VERIFIED_REMEDIES)
        return next(verified, None) or next(iter(offered), None)

    def with_line(self, check: Check, progress: Progress, *findings: Finding) -> "Diagnosis":
        """Return the diagnosis with the progress of a check; without `findings`, its previous ones are kept."""
        lines = tuple(
            replace(line, progress=progress, findings=findings or line.findings) if line.check is check else line
            for line in self.lines
        )
        return replace(self, lines=lines)

    def without(self, check: Check) -> "Diagnosis":
        """Return the diagnosis without the findings of a check that turned out to be irrelevant."""
        lines = tuple(replace(line, findings=()) if line.check is check else line for line in self.lines)
        return replace(self, lines=lines)

    def finished(self) -> "Diagnosis":
        """Return the completed diagnosis, in which the remaining checks are skipped."""
        lines = tuple(
            line if line.progress is Progress.DONE else replace(line, progress=Progress.SKIPPED) for line in self.lines
        )
        return replace(self, lines=lines, is_running=False)


_VERIFIED_REMEDIES = frozenset({RemedyKind.USE_ADDRESS, RemedyKind.NO_PROXY})
"""Remedies that were tested before they are offered."""
