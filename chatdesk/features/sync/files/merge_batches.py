"""Division of operations into the short transactions in which they are merged, so that no save has to wait for long."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from chatdesk.features.sync.domain.operations import FieldSet, Kind, MessageAdded, Operation
from chatdesk.features.sync.domain.stamps import Stamp
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.merging import Merging as StoredChats

_MAX_OPERATIONS = 100
_MAX_COST = 60_000
"""Maximum of characters in a batch, which takes about 10 ms. A single message may have more."""
_COST_OF_OTHER_SCRIPTS = 5
"""The search index takes about that many times as long for a character of Chinese as for one of ASCII."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Operations that are merged in one transaction. `chat_ids` are the chats whose messages they change."""

    operations: Sequence[Operation]
    chat_ids: frozenset[str]


def chats_of(operations: Iterable[Operation], connection: Connection) -> Mapping[str, str]:
    """Return the chats of the messages of which operations set fields, by message; without those that are not stored."""
    return StoredChats(connection).owners(
        each.id for each in operations if isinstance(each, FieldSet) and each.kind is Kind.MESSAGE
    )


def merge_batches(operations: Iterable[Operation], chats: Mapping[str, str]) -> Iterator[Batch]:
    """Yield operations in batches, those of a chat together and by their stamps. `chats` is the result of `chats_of`.

    Fields come before the chats to which they are applied, and edited versions of code after the messages to which they are added.
    """

    def chat_of(operation: Operation) -> str:
        if isinstance(operation, MessageAdded):
            return operation.message.conversation_id
        return chats.get(operation.id, "") if operation.kind is Kind.MESSAGE else ""

    def sort_key(operation: Operation) -> tuple[bool, str, Stamp]:
        return _is_version(operation), chat_of(operation), operation.stamp

    batch: list[Operation] = []
    cost = 0
    for operation in sorted(operations, key=sort_key):
        own_cost = _cost(operation)
        if batch and (len(batch) == _MAX_OPERATIONS or cost + own_cost > _MAX_COST):
            yield Batch(batch, frozenset(map(chat_of, batch)) - {""})
            batch, cost = [], 0
        batch.append(operation)
        cost += own_cost
    if batch:
        yield Batch(batch, frozenset(map(chat_of, batch)) - {""})


def _is_version(operation: Operation) -> bool:
    return isinstance(operation, FieldSet) and operation.kind is Kind.VERSION


def _cost(operation: Operation) -> int:
    """Return about how long merging takes, in characters of ASCII."""
    if isinstance(operation, FieldSet):
        return 0
    texts = [getattr(part, "text", "") for part in operation.message.parts]
    return sum(len(text) * (1 if text.isascii() else _COST_OF_OTHER_SCRIPTS) for text in texts)
