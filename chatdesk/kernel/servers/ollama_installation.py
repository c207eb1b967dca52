"""Ollama on this machine: what could be found out of it, and how it is started. Who finds out: `system/ollama_program.py`."""

from enum import StrEnum

from chatdesk.kernel.fast_dataclass import dataclass


class UnitKind(StrEnum):
    """Whose unit of systemd it is."""

    SYSTEM = "system"
    """Runs for everybody, under a user of its own, with a folder of models of its own. To start it takes an administrator."""
    USER = "user"


@dataclass(frozen=True, slots=True)
class Installation:
    """What is known. `program` is the path of the command, `app` that of an application that starts it; empty if there is none."""

    program: str = ""
    app: str = ""
    version: str = ""
    unit: UnitKind | None = None
    is_running: bool | None = None
    """Whether a process of it was seen; None if nobody could look."""
    hosts: tuple[str, ...] = ()
    """Values of OLLAMA_HOST that its unit, or this session, sets: where it may listen instead."""

    @property
    def is_there(self) -> bool:
        """Whether there is anything to start."""
        return bool(self.program or self.app or self.unit)


class StartWay(StrEnum):
    """How it is started."""

    USER_UNIT = "user_unit"
    SYSTEM_UNIT = "system_unit"
    """Not by us: it takes an administrator's password. The command is told."""
    APP = "app"
    SERVE = "serve"
    """`ollama serve`, which goes on when we end."""


def start_way(installation: Installation) -> StartWay | None:
    """Return how to start it; None if there is nothing to start.

    A unit comes first wherever there is one: the packaged service keeps its models in its own user's folder, and an `ollama serve` of the
    person beside it would have an empty list.
    """
    match installation.unit:
        case UnitKind.USER:
            return StartWay.USER_UNIT
        case UnitKind.SYSTEM:
            return StartWay.SYSTEM_UNIT
        case None:
            if installation.app:
                return StartWay.APP
            return StartWay.SERVE if installation.program else None
