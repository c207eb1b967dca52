"""What the picker shows, as plain values: servers with their state, and their models.

Who makes them is features/models/ui/picker/model_texts.py.
"""

from collections.abc import Sequence
from enum import StrEnum

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef


class StateKind(StrEnum):
    """How well a server is, as a colour; words always stand beside it."""

    OK = "success"
    BUSY = "textTertiary"
    WARNING = "warning"
    ERROR = "danger"

    @property
    def color(self) -> str:
        """The colour token of its dot."""
        return self.value


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model, made by `of`. `details` helps to choose: "7.6B · 4.7 GB · thinks"."""

    ref: ModelRef
    name: str
    details: str
    favourite: bool
    words: str
    """Folded; what a search looks in."""

    @classmethod
    def of(cls, ref: ModelRef, name: str, server: str, details: str = "", *, favourite: bool = False) -> "ModelRow":
        """Return the row of a model; it is found by the name of its `server`, too."""
        return cls(ref, name, details, favourite, f"{name} {ref.model_id} {server}".casefold())


@dataclass(frozen=True, slots=True)
class ServerGroup:
    """A server and what it offers; without models only its head is shown, with the reason."""

    server_id: str
    name: str
    state_text: str
    state_kind: StateKind
    models: tuple[ModelRow, ...] = ()


Row = ServerGroup | ModelRow


def rows_of(groups: tuple[ServerGroup, ...], words: str = "") -> tuple[Row, ...]:
    """Return heads and models one under the other; with `words`, only the models whose names hold all of them, and their heads."""
    wanted = words.casefold().split()
    rows: list[Row] = []
    for group in groups:
        if not wanted:
            rows += (group, *group.models)
            continue
        matching: Sequence[ModelRow] = group.models
        for word in wanted:
            matching = [row for row in matching if word in row.words]
        if matching:
            rows += (group, *matching)
    return tuple(rows)
