"""A variant of a model as a library offers it: its tag, its size, its build, what it is good for (`resources/model_guide.toml`)."""

from enum import StrEnum

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.architecture import Architecture


class Purpose(StrEnum):
    """What a size is good for; the words are the screen's."""

    TRY_OUT = "try_out"
    SMALL_TASKS = "small_tasks"
    EVERYDAY = "everyday"
    DEMANDING = "demanding"
    EXPERT = "expert"
    DATA_CENTRE = "data_centre"


@dataclass(frozen=True, slots=True)
class ModelVariant:
    """One tag. Sizes in bytes, contexts in tokens."""

    tag: str
    size_label: str
    """As people call it: `14b`."""
    base: str
    """What it was made from."""
    parameters: int
    active_parameters: int
    """That are used for a token; all of them but in mixtures of experts."""
    quantization: str
    weights: int
    """Size of the download, and of the weights in memory."""
    weights_estimated: bool
    """The size is computed from the parameters, not measured."""
    context: int
    """The most it was trained for."""
    architecture: Architecture
    purpose: Purpose
    usual: bool = True
    """What the library gives who asks for this size; the others are further quantisations and builds of it."""

    @property
    def active_share(self) -> float:
        """The share of the weights that is read for a token."""
        return self.active_parameters / self.parameters
