"""What a server tells of a model when it is asked for all of it."""

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class ModelDetails:
    """Texts as they were written by the model's makers, cut if they are very long. Empty = the server does not say."""

    families: tuple[str, ...] = ()
    made_from: str = ""
    """The model it was made from."""
    parameters: str = ""
    """What its file sets: one `name   value` a line."""
    system_prompt: str = ""
    template: str = ""
    licence: str = ""
    path: str = ""
    """Where it lies, if on this computer."""
