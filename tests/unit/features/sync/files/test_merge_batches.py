from chatdesk.features.sync.domain.operations import Field, FieldSet, Kind, MessageAdded, Operation
from chatdesk.features.sync.domain.stamps import Stamp
from chatdesk.features.sync.files.merge_batches import chats_of, merge_batches
from chatdesk.kernel.chat.message import Message, MessageState, Role, TextPart
from tests.unit.features.sync.computer import BEGINNING, Computer


def _added(chat: str, counter: int, text: str = "Words") -> MessageAdded:
    stamp = Stamp(counter, "0" * 16)
    id_ = f"{chat}-{counter}"
    return MessageAdded(
        stamp,
        stamp,
        Message(id_, chat, None, 0, Role.USER, (TextPart(text),), MessageState.COMPLETE, BEGINNING),
    )


def _set(kind: Kind, id_: str, field: Field) -> FieldSet:
    return FieldSet(Stamp(1, "0" * 16), kind, id_, field, None)


def _divided(*operations: Operation) -> list[list[Operation]]:
    return [list(batch.operations) for batch in merge_batches(operations, {})]


def test_the_messages_of_a_chat_come_together_and_by_their_stamps() -> None:
    first, second, other = _added("a", 1), _added("a", 3), _added("b", 2)
    assert _divided(second, other, first) == [[first, second, other]]


def test_a_batch_has_at_most_a_hundred_operations() -> None:
    assert [len(batch) for batch in _divided(*(_added("a", number) for number in range(250)))] == [100, 100, 50]


def test_long_texts_make_small_batches_and_the_longest_one_has_one_of_its_own() -> None:
    batches = _divided(
        *(_added("a", number, "x" * size) for number, size in enumerate((25_000, 25_000, 25_000, 10**6)))
    )
    assert [len(batch) for batch in batches] == [2, 1, 1]


def test_texts_that_take_longer_to_index_make_smaller_batches() -> None:
    assert [len(batch) for batch in _divided(*(_added("a", number, "蕨" * 5_000) for number in range(5)))] == [2, 2, 1]


def test_fields_come_before_messages_and_edited_code_after_them() -> None:
    title, code = _set(Kind.CHAT, "z", Field.TITLE), _set(Kind.VERSION, "a", Field.CONTENT)
    message = _added("a", 5)
    assert _divided(code, message, title) == [[title, message, code]]


def test_a_batch_names_the_chats_whose_messages_it_changes(home: Computer) -> None:
    home.add_chat("here")
    home.ask("here", "message", "Words")
    moved = _set(Kind.MESSAGE, "message", Field.PARENT)
    operations = [moved, _set(Kind.MESSAGE, "unknown", Field.PARENT), _added("there", 1)]
    (batch,) = merge_batches(operations, chats_of(operations, home.connection))
    assert batch.chat_ids == {"here", "there"}
