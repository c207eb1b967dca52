"""Content of the model picker as plain values: servers with their state, and their models.

features/models/ui/picker/model_texts.py creates them.
"""

from collections.abc import Sequence
from enum import StrEnum

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef


class StateKind(StrEnum):
    """State of a server as a colour; it is always accompanied by text."""

    OK = "success"
    BUSY = "textTertiary"
    WARNING = "warning"
    ERROR = "danger"

    @property
    def color(self) -> str:
        """Colour token of its dot."""
        return self.value


@dataclass(frozen=True, slots=True)
class ModelRow:
    """Row of a model, created by `of`. `details` helps to choose: "7.6B · 4.7 GB · thinks"."""

    ref: ModelRef
    name: str
    details: str
    favourite: bool
    search_text: str
    """Case-folded text for searching."""

    @classmethod
    def of(cls, ref: ModelRef, name: str, server: str, details: str = "", *, favourite: bool = False) -> "ModelRow":
        """Return the row of a model; it can also be found by the name of its `server`."""
        return cls(ref, name, details, favourite, f"{name} {ref.model_id} {server}".casefold())


@dataclass(frozen=True, slots=True)
class ServerGroup:
    """Server with its models; without models only its heading is shown, with the reason."""

    server_id: str
    name: str
    state_text: str
    state_kind: StateKind
    models: tuple[ModelRow, ...] = ()
    can_be_fixed: bool = False
    """Whether the server cannot be used, and the user can do something about it."""


Row = ServerGroup | ModelRow


def rows_of(groups: tuple[ServerGroup, ...], text: str = "") -> tuple[Row, ...]:
    """Return the headings and models as rows; with `text`, only the models that contain all its words, and their headings."""
    wanted = text.casefold().split()
    rows: list[Row] = []
    for group in groups:
        if not wanted:
            rows += (group, *group.models)
            continue
        matching: Sequence[ModelRow] = group.models
        for word in wanted:
            matching = [row for row in matching if word in row.search_text]
        if matching:
            rows += (group, *matching)
    return tuple(rows)
