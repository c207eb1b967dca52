"""What is the same for all applications: which model they ask, and what is in its server's memory, is their own business."""

from chatdesk.kernel.models.model import ModelLoad


class ApplicationProvider:
    """The part of a `Provider` that applications have nothing to say to."""

    async def loads(self) -> dict[str, ModelLoad] | None:
        """Return None: they do not tell."""
        return None

    async def unload(self, _model_id: str) -> bool:
        """Return False: there is no way to."""
        return False
