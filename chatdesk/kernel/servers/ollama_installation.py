"""The Ollama installation on this machine, and how to start it. `system/ollama_program.py` detects it."""

from enum import StrEnum

from chatdesk.kernel.fast_dataclass import dataclass


class UnitKind(StrEnum):
    """Type of the systemd unit."""

    SYSTEM = "system"
    """Runs for all users under a separate account, with a separate model folder. Starting it requires an administrator."""
    USER = "user"


@dataclass(frozen=True, slots=True)
class Installation:
    """The detected installation. `program` is the path of the command, `app` that of the desktop application; empty if there is none."""

    program: str = ""
    app: str = ""
    version: str = ""
    unit: UnitKind | None = None
    is_running: bool | None = None
    """Whether one of its processes was found; None if that could not be determined."""
    hosts: tuple[str, ...] = ()
    """Values of OLLAMA_HOST in its unit or in this session: addresses where it may listen instead."""

    @property
    def is_there(self) -> bool:
        """Whether there is anything to start."""
        return bool(self.program or self.app or self.unit)


class StartMethod(StrEnum):
    """How to start it."""

    USER_UNIT = "user_unit"
    SYSTEM_UNIT = "system_unit"
    """Not started by Chatdesk, because it requires an administrator's password. The command is shown instead."""
    APP = "app"
    SERVE = "serve"
    """`ollama serve`, which keeps running when Chatdesk ends."""


def start_method(installation: Installation) -> StartMethod | None:
    """Return how to start it; None if there is nothing to start.

    A unit takes precedence: the packaged service stores its models in a separate user's folder, and an additional `ollama serve` of the
    current user would have an empty list.
    """
    match installation.unit:
        case UnitKind.USER:
            return StartMethod.USER_UNIT
        case UnitKind.SYSTEM:
            return StartMethod.SYSTEM_UNIT
        case None:
            if installation.app:
                return StartMethod.APP
            return StartMethod.SERVE if installation.program else None
