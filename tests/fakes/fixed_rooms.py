"""A stand-in for `services.contexts.Rooms`: models have the room that a test gives them."""

from collections.abc import Mapping

from chatdesk.kernel.context.context_size import Room
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters


class FixedRooms:
    """Nobody knows the room of others."""

    def __init__(self, rooms: Mapping[ModelRef, Room] | None = None) -> None:
        self._rooms = {} if rooms is None else rooms

    def room(self, ref: ModelRef, _parameters: Parameters) -> Room:
        return self._rooms.get(ref, Room())

    async def prepare(self, ref: ModelRef) -> None:
        pass

    async def look_at_memory(self, ref: ModelRef) -> None:
        pass
