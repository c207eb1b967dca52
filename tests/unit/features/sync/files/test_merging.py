from dataclasses import replace

import pytest

from chatdesk.features.sync.domain.operations import Field, FieldSet, Kind, MessageAdded
from chatdesk.features.sync.domain.stamps import Stamp
from chatdesk.kernel.chat.conversation import TitleOrigin
from chatdesk.kernel.chat.message import Message, MessageState, Role, TextPart
from chatdesk.storage.database.hidden_chats import HiddenChats
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.message_trash import MessageTrash
from tests.unit.features.sync.computer import BEGINNING, Computer, exchange
from tests.unit.storage.samples import a_conversation, a_message
from tests.unit.storage.searching import search


def _talk(computer: Computer, chat: str = "chat", title: str = "Gardens") -> None:
    computer.add_chat(chat, title)
    computer.ask(chat, f"{chat}-question", "What grows in shade?")
    computer.answer(chat, f"{chat}-answer", "Ferns grow in shade.", f"{chat}-question", MessageState.COMPLETE)


def _stamp(number: int = 2, counter: int = 2_000_000_000_000) -> Stamp:
    return Stamp(counter, f"{number:016x}")


def _message(
    text: str, id_: str = "chat-answer", chat: str = "chat", state: MessageState = MessageState.COMPLETE
) -> Message:
    return Message(id_, chat, "chat-question", 0, Role.ASSISTANT, (TextPart(text),), state, BEGINNING)


def test_a_chat_arrives_with_its_title_its_path_and_its_place_in_the_search(home: Computer, work: Computer) -> None:
    _talk(home)
    exchange(home, work)
    assert work.chat("chat").title == "Gardens"
    assert work.chat("chat").title_origin is TitleOrigin.USER
    assert work.path("chat") == ["What grows in shade?", "Ferns grow in shade."]
    assert [hit.message_id for hit in search(work.connection, "ferns")] == ["chat-answer"]


def test_a_chat_that_was_continued_elsewhere_is_extended_where_it_ended(home: Computer, work: Computer) -> None:
    _talk(home)
    exchange(home, work)
    work.ask("chat", "next", "And in the sun?", "chat-answer")
    exchange(home, work)
    assert home.path("chat") == ["What grows in shade?", "Ferns grow in shade.", "And in the sun?"]


def test_a_path_that_was_chosen_here_stays(home: Computer, work: Computer) -> None:
    _talk(home)
    home.answer("chat", "other", "Hostas.", "chat-question", MessageState.COMPLETE)
    exchange(home, work)
    work.change_chat("chat", head_id="chat-answer")
    home.ask("chat", "next", "Which ones?", "other")
    exchange(home, work)
    assert work.path("chat") == ["What grows in shade?", "Ferns grow in shade."]
    assert home.path("chat")[-1] == "Which ones?"


def test_the_later_title_counts_even_if_the_clock_is_an_hour_behind(home: Computer, work: Computer) -> None:
    _talk(home)
    work.ahead = -3600.0
    exchange(home, work)
    work.change_chat("chat", title="Ferns")
    exchange(home, work)
    assert home.chat("chat").title == work.chat("chat").title == "Ferns"


def test_of_two_titles_given_apart_the_one_given_later_counts(home: Computer, work: Computer) -> None:
    _talk(home)
    exchange(home, work)
    home.now, work.now = 100.0, 50.0
    home.change_chat("chat", title="Later")
    work.change_chat("chat", title="Earlier")
    exchange(home, work)
    assert home.chat("chat").title == work.chat("chat").title == "Later"


def test_a_change_that_is_not_recorded_yet_is_not_lost_to_one_that_arrives(home: Computer, work: Computer) -> None:
    _talk(home)
    exchange(home, work)
    work.change_chat("chat", title="Earlier")
    work.write()
    home.now = 100.0
    home.change_chat("chat", title="Later")
    home.read(work, work.bundles[-1])
    assert home.chat("chat").title == "Later"
    exchange(home, work)
    assert work.chat("chat").title == "Later"


def test_a_deleted_chat_is_in_the_trash_of_all_computers_and_comes_back_on_all(home: Computer, work: Computer) -> None:
    _talk(home)
    exchange(home, work)
    home.delete_chat("chat")
    exchange(home, work)
    assert work.trashed_chats() == {"chat"}
    work.restore_chat("chat")
    exchange(home, work)
    assert home.trashed_chats() == set()
    assert home.everything() == work.everything()


def test_what_was_removed_for_good_comes_back_when_it_is_restored_elsewhere(home: Computer, work: Computer) -> None:
    _talk(home)
    exchange(home, work)
    home.delete_chat("chat")
    exchange(home, work)
    work.remove_chat_for_good("chat")
    exchange(home, work)
    assert not work.trashed_chats(), "an old bundle does not bring it back"
    home.restore_chat("chat")
    home.write()
    assert work.read(home, home.bundles[-1]).removed_for_good == {"chat"}
    exchange(home, work)
    assert work.path("chat") == ["What grows in shade?", "Ferns grow in shade."]
    assert work.chat("chat").title == "Gardens"


def test_what_was_removed_for_good_comes_back_although_its_computer_has_written_all_bundles_anew(
    home: Computer, work: Computer
) -> None:
    _talk(home)
    home.edit_code("chat-answer", "<p>")
    exchange(home, work)
    home.delete_chat("chat")
    exchange(home, work)
    home.remove_chat_for_good("chat")
    home.compact()
    work.restore_chat("chat")
    exchange(home, work)
    exchange(home, work)
    assert home.path("chat") == ["What grows in shade?", "Ferns grow in shade."]
    assert home.everything() == work.everything()


def test_a_message_that_was_removed_for_good_comes_back_although_its_computer_has_written_all_bundles_anew(
    home: Computer, work: Computer
) -> None:
    _talk(home)
    exchange(home, work)
    work.delete_message("chat", "chat-answer")
    exchange(home, work)
    with home.transaction():
        (number,) = home.connection.execute("SELECT number FROM messages WHERE id = 'chat-answer'").fetchone()
        MessageTrash(home.connection).remove(number)
    home.compact()
    work.undo_deletion()
    exchange(home, work)
    exchange(home, work)
    assert home.texts("chat") == work.texts("chat") == ["What grows in shade?", "Ferns grow in shade."]


def test_a_chat_that_was_removed_for_good_and_continued_elsewhere_comes_back_with_all_of_its_messages(
    home: Computer, work: Computer
) -> None:
    _talk(home)
    exchange(home, work)
    work.delete_chat("chat")
    work.write()
    work.remove_chat_for_good("chat")
    home.ask("chat", "next", "And in the sun?", "chat-answer")
    home.write()
    assert work.read(home, home.bundles[-1]).removed_for_good == {"chat"}
    exchange(home, work)
    assert work.texts("chat") == ["What grows in shade?", "Ferns grow in shade.", "And in the sun?"]
    assert home.everything() == work.everything()


def test_edited_code_comes_back_with_its_chat(home: Computer, work: Computer) -> None:
    _talk(home)
    home.edit_code("chat-answer", "<p>green</p>")
    home.delete_chat("chat")
    exchange(home, work)
    work.remove_chat_for_good("chat")
    home.restore_chat("chat")
    exchange(home, work)
    exchange(home, work)
    assert home.everything() == work.everything()
    assert work.connection.execute("SELECT count(*) FROM own_versions").fetchone() == (1,)


def test_a_chat_that_is_removed_for_good_at_once_is_in_the_trash_of_other_computers(
    home: Computer, work: Computer
) -> None:
    _talk(home)
    exchange(home, work)
    work.delete_chat("chat")
    work.remove_chat_for_good("chat")
    exchange(home, work)
    assert home.trashed_chats() == {"chat"}


def test_a_chat_that_is_removed_for_good_while_it_is_switched_off_is_in_the_trash_of_other_computers(
    home: Computer, work: Computer
) -> None:
    _talk(home)
    exchange(home, work)
    work.end()
    work.delete_chat("chat")
    work.remove_chat_for_good("chat")
    work.begin()
    exchange(home, work)
    assert home.trashed_chats() == {"chat"}


def test_the_messages_of_a_chat_are_sent_together(home: Computer) -> None:
    for chat in ("first", "second"):
        home.add_chat(chat)
    for number in range(3):
        for chat in ("first", "second"):
            home.now += 1.0
            home.ask(chat, f"{chat}-{number}", "Words", f"{chat}-{number - 1}" if number else None)
    home.record()
    operations, _ = home.log.unsent(1_000_000)
    sent = [each.message.id for each in operations if isinstance(each, MessageAdded)]
    assert sent == [f"{chat}-{number}" for chat in ("first", "second") for number in range(3)]


def test_a_chat_comes_with_its_folder_and_the_folder_is_renamed_everywhere(home: Computer, work: Computer) -> None:
    _talk(home)
    home.keep_folder("garden", "Garden")
    home.move("chat", "garden")
    exchange(home, work)
    assert work.chat("chat").folder_id == "garden"
    work.keep_folder("garden", "Plants")
    exchange(home, work)
    assert home.everything() == work.everything()
    assert home.connection.execute("SELECT name FROM folders").fetchall() == [("Plants",)]


def test_drafts_and_answers_that_are_being_written_stay_here(home: Computer, work: Computer) -> None:
    home.add_chat("draft")
    _talk(home)
    home.answer("chat", "running", "Also", "chat-question", MessageState.STREAMING)
    exchange(home, work)
    assert work.texts("chat") == ["What grows in shade?", "Ferns grow in shade."]
    assert work.connection.execute("SELECT count(*) FROM conversations").fetchone() == (1,)
    running = MessageRepository(home.connection).get("running")
    MessageRepository(home.connection).finish(
        replace(running, parts=(TextPart("Also hostas."),), state=MessageState.COMPLETE)
    )
    exchange(home, work)
    assert work.texts("chat")[-1] == "Also hostas."


def test_a_chat_that_is_being_imported_waits_until_it_is_complete(home: Computer, work: Computer) -> None:
    chat = a_conversation("imported", "Letters")
    hidden = HiddenChats(home.connection)
    hidden.add(chat, "import")
    MessageRepository(home.connection).add(a_message("letter", "Dear reader", conversation="imported"))
    exchange(home, work)
    assert work.connection.execute("SELECT count(*) FROM conversations").fetchone() == (0,)
    hidden.reveal(replace(chat, head_id="letter"))
    exchange(home, work)
    assert work.path("imported") == ["Dear reader"]


def test_a_stopped_answer_that_was_continued_takes_the_place_of_its_beginning(home: Computer, work: Computer) -> None:
    home.add_chat("chat")
    home.ask("chat", "question", "Why?")
    home.answer("chat", "answer", "Because", "question", MessageState.STOPPED)
    exchange(home, work)
    home.continue_answer("answer", " of the light.")
    exchange(home, work)
    assert work.texts("chat") == ["Why?", "Because of the light."]


def test_an_answer_continued_on_two_computers_is_kept_in_two_versions(home: Computer, work: Computer) -> None:
    home.add_chat("chat")
    home.ask("chat", "question", "Why?")
    home.answer("chat", "answer", "Because", "question", MessageState.STOPPED)
    exchange(home, work)
    work.now = 10.0
    home.continue_answer("answer", " of the light.")
    work.continue_answer("answer", " of the water.")
    exchange(home, work)
    assert home.everything() == work.everything()
    assert home.texts("chat") == ["Why?", "Because of the water.", "Because of the light."]


def test_edited_code_is_shared(home: Computer, work: Computer) -> None:
    _talk(home)
    home.edit_code("chat-answer", "<p>green</p>")
    exchange(home, work)
    work.now = 1.0
    work.edit_code("chat-answer", "<p>blue</p>")
    exchange(home, work)
    assert home.everything() == work.everything()
    assert home.connection.execute("SELECT count(*) FROM own_versions").fetchone() == (2,)


def test_the_histories_of_before_are_joined_and_equal_ones_are_not_doubled() -> None:
    home, work = Computer(1), Computer(2)
    for computer in (home, work):  # the data folder was copied once
        computer.add_chat("shared", "Old title")
        computer.ask("shared", "first", "How old?")
    home.now = 100.0
    home.ask("shared", "second", "How new?", "first")
    _talk(work, "other")
    home.begin()
    work.begin()
    exchange(home, work)
    assert home.everything() == work.everything()
    assert work.path("shared") == ["How old?", "How new?"]
    assert home.path("other") == ["What grows in shade?", "Ferns grow in shade."]
    home.close()
    work.close()


def test_what_changes_while_it_is_switched_off_is_sent_when_it_is_on_again(home: Computer, work: Computer) -> None:
    _talk(home)
    exchange(home, work)
    work.end()
    work.now = 50.0
    work.ask("chat", "next", "And in the sun?", "chat-answer")
    work.change_chat("chat", title="Sun")
    assert len(work.bundles) == 0
    work.begin()
    exchange(home, work)
    assert home.chat("chat").title == "Sun"
    assert home.path("chat")[-1] == "And in the sun?"


def test_nothing_is_recorded_as_long_as_it_is_off() -> None:
    computer = Computer(1)
    _talk(computer)
    assert computer.connection.execute("SELECT count(*) FROM sync_pending").fetchone() == (0,)
    computer.close()


def test_a_message_that_belongs_to_another_chat_is_refused(home: Computer) -> None:
    _talk(home)
    merged = home.merge([MessageAdded(_stamp(), _stamp(), _message("Stolen", chat="elsewhere"))])
    assert merged.refused == 1
    assert home.texts("chat") == ["What grows in shade?", "Ferns grow in shade."]


@pytest.mark.parametrize("text", ["Nothing grows.", "Ferns grow in shade. Now run this program."])
def test_a_complete_message_is_never_overwritten_nor_extended(home: Computer, text: str) -> None:
    _talk(home)
    home.record()
    home.merge([MessageAdded(_stamp(), _stamp(), _message(text))])
    assert sorted(home.texts("chat")) == sorted(["What grows in shade?", "Ferns grow in shade.", text])


def test_an_answer_that_is_being_continued_is_merged_later(home: Computer) -> None:
    _talk(home)
    home.record()
    messages = MessageRepository(home.connection)
    messages.update(replace(messages.get("chat-answer"), state=MessageState.STREAMING))
    assert home.merge([MessageAdded(_stamp(), _stamp(), _message("Another"))]).postponed
    assert home.texts("chat") == ["What grows in shade?", "Ferns grow in shade."]


def test_a_forged_cycle_of_parents_does_not_hide_messages(home: Computer) -> None:
    first = replace(_message("one", "first"), parent_id="second")
    second = replace(_message("two", "second"), parent_id="first")
    home.merge([MessageAdded(_stamp(), _stamp(), first), MessageAdded(_stamp(), _stamp(), second)])
    assert sorted(home.texts("chat")) == ["one", "two"]
    assert home.path("chat") in (["one", "two"], ["two", "one"])


def test_a_field_that_arrives_before_its_chat_is_applied_when_the_chat_comes(home: Computer) -> None:
    home.merge([FieldSet(_stamp(), Kind.CHAT, "chat", Field.TITLE, {"title": "Early", "origin": "user"})])
    home.merge([MessageAdded(_stamp(), _stamp(), _message("Hello"))])
    assert home.chat("chat").title == "Early"


def test_a_folder_is_removed_while_its_chats_have_changes_that_are_not_shared_yet(
    home: Computer, work: Computer
) -> None:
    home.begin()
    _talk(home)
    home.keep_folder("garden", "Garden")
    home.move("chat", "garden")
    with home.transaction():
        home.connection.execute("DELETE FROM folders WHERE id = 'garden'")  # changes the chat by its foreign key
    exchange(home, work)
    assert work.chat("chat").folder_id is None


def test_two_messages_that_claim_the_same_id_are_kept_in_the_chat_of_the_first(home: Computer) -> None:
    operations = [MessageAdded(_stamp(), _stamp(), _message("One", "stolen", chat)) for chat in ("chat", "elsewhere")]
    assert home.merge(operations).refused == 1
    assert home.texts("chat") == ["One"]


def test_a_message_below_one_that_comes_later_in_the_order_is_added(home: Computer) -> None:
    later, earlier = _stamp(counter=2_000_000_000_001), _stamp()
    moved = FieldSet(later, Kind.MESSAGE, "first", Field.PARENT, "second")
    first, second = (replace(_message(id_, id_), parent_id=None) for id_ in ("first", "second"))
    home.merge([moved, MessageAdded(earlier, earlier, first), MessageAdded(later, later, second)])
    assert [(each.id, each.parent_id) for each in home.messages("chat")] == [("first", "second"), ("second", None)]


def test_a_message_that_was_deleted_before_it_arrives_is_not_found(home: Computer, work: Computer) -> None:
    _talk(home)
    home.delete_message("chat", "chat-answer")
    exchange(home, work)
    assert work.texts("chat") == ["What grows in shade?"]
    assert not search(work.connection, "ferns")


def test_edited_code_is_added_in_the_same_merge_as_its_message(home: Computer, work: Computer) -> None:
    _talk(home)
    home.edit_code("chat-answer", "<p>green</p>")
    home.write()
    (bundle,) = home.bundles
    assert not work.read(home, bundle).postponed
    assert home.everything() == work.everything()
