"""Assignment of streamed chunks to tool calls, for all numbering schemes of servers.

Some servers send every call with index 0 and a separate id, some omit the index or the id, some repeat the name in every chunk. A known id
therefore takes precedence over the index, and a new id at a used index is a new call.
"""

from chatdesk.kernel.text.json_values import NotJson, decode

_MAX_CHECKED_LENGTH = 64 * 1024
"""Maximum length of arguments that are checked for completeness."""


class _Slot:
    """The data of one call so far."""

    def __init__(self) -> None:
        self.call_id = ""
        self.name = ""
        self.chunks: list[str] = []
        self.length = 0

    def add(self, call_id: str, name: str, arguments: str) -> None:
        self.call_id = self.call_id or call_id
        self.name = self.name or name
        self.length += len(arguments)
        if self.length <= _MAX_CHECKED_LENGTH:
            self.chunks.append(arguments)

    def is_complete(self) -> bool:
        """Return whether the arguments so far are a complete JSON object."""
        text = "".join(self.chunks).strip()
        if self.length > _MAX_CHECKED_LENGTH or not (text.startswith("{") and text.endswith("}")):
            return False
        try:
            return isinstance(decode(text), dict)
        except NotJson:
            return False


class ToolCallSlots:
    """The tool calls of one answer."""

    def __init__(self) -> None:
        self._slots: list[_Slot] = []
        self._by_id: dict[str, int] = {}
        self._by_index: dict[int, int] = {}
        self._last = 0

    def __bool__(self) -> bool:
        """Whether any call has arrived."""
        return bool(self._slots)

    def place(self, index: int | None, call_id: str, name: str, arguments: str) -> int:
        """Add a chunk and return the number of its call, from 0."""
        number = self._find(index, call_id, name, arguments)
        if number is None:
            number = len(self._slots)
            self._slots.append(_Slot())
        if index is not None:
            self._by_index[index] = number
        if call_id:
            self._by_id[call_id] = number
        self._slots[number].add(call_id, name, arguments)
        self._last = number
        return number

    def _find(self, index: int | None, call_id: str, name: str, arguments: str) -> int | None:
        """Return the call that this chunk continues; None for a new one."""
        if call_id in self._by_id:
            return self._by_id[call_id]
        number = self._by_index.get(index) if index is not None else None
        if number is None and self._slots and not call_id and not (name and self._slots[self._last].name):
            number = self._last
        if number is None:
            return None
        slot = self._slots[number]
        is_another_id = bool(call_id) and slot.call_id not in ("", call_id)
        starts_again = not call_id and bool(name and slot.name) and arguments.lstrip().startswith("{")
        return None if is_another_id or (starts_again and slot.is_complete()) else number
