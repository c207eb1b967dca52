"""Folders of the same name that two or three computers had before they knew each other's."""

from chatdesk.features.sync.domain.operations import Field, FieldSet, Kind
from chatdesk.features.sync.domain.stamps import Stamp
from chatdesk.kernel.chat.message import MessageState
from tests.unit.features.sync.computer import Computer, exchange


def _chat_in(computer: Computer, chat: str, folder: str, name: str = "Garden", instructions: str = "") -> None:
    computer.add_chat(chat, chat)
    computer.ask(chat, f"{chat}-question", "What grows in shade?")
    computer.keep_folder(folder, name, instructions)
    computer.move(chat, folder)


def _instructions(computer: Computer, folder: str) -> str:
    (text,) = computer.connection.execute("SELECT instructions FROM folders WHERE id = ?", (folder,)).fetchone()
    return str(text)


def test_folders_of_the_same_name_become_the_older_one_with_the_chats_of_both(home: Computer, work: Computer) -> None:
    _chat_in(home, "ferns", "home-garden")
    home.write()
    work.now = 60.0
    _chat_in(work, "hostas", "work-garden")
    exchange(home, work)
    exchange(home, work)
    assert home.folders() == work.folders() == {"home-garden": "Garden"}
    assert {work.chat(id_).folder_id for id_ in ("ferns", "hostas")} == {"home-garden"}
    assert home.everything() == work.everything()


def test_the_result_is_the_same_if_the_clock_of_the_first_computer_is_ahead(home: Computer, work: Computer) -> None:
    home.ahead = 86_400.0
    _chat_in(home, "ferns", "home-garden")
    home.write()
    _chat_in(work, "hostas", "work-garden")
    exchange(home, work)
    exchange(home, work)
    assert home.folders() == work.folders() == {"work-garden": "Garden"}
    assert home.everything() == work.everything()


def test_three_computers_end_with_one_folder(home: Computer, work: Computer) -> None:
    train = Computer(3)
    train.begin()
    for number, computer in enumerate((home, work, train)):
        computer.now = 60.0 * number
        _chat_in(computer, f"chat-{number}", f"folder-{number}")
    for _ in range(3):
        exchange(train, home, work)
    assert home.folders() == work.folders() == train.folders() == {"folder-0": "Garden"}
    assert home.everything() == work.everything() == train.everything()
    train.close()


def test_what_moved_by_joining_does_not_override_a_move_of_the_user(home: Computer, work: Computer) -> None:
    _chat_in(home, "ferns", "home-garden")
    home.keep_folder("shed", "Shed")
    home.write()
    work.now = 60.0
    _chat_in(work, "hostas", "work-garden")
    exchange(home, work)
    exchange(home, work)
    home.now = 120.0
    home.move("hostas", "shed")
    home.write()
    work.now = 180.0
    work.change_chat("hostas", title="Hostas of the garden")  # its folder is compared as well
    exchange(home, work)
    assert work.chat("hostas").folder_id == home.chat("hostas").folder_id == "shed"


def test_a_joined_folder_stays_joined_when_it_is_renamed(home: Computer, work: Computer) -> None:
    _chat_in(home, "ferns", "home-garden")
    home.write()
    work.now = 60.0
    _chat_in(work, "hostas", "work-garden")
    exchange(home, work)
    work.keep_folder("home-garden", "Plants")
    exchange(home, work)
    assert home.folders() == work.folders() == {"home-garden": "Plants"}
    assert home.chat("hostas").folder_id == "home-garden"


def test_two_folders_of_the_same_name_that_one_computer_wants_stay_two(home: Computer, work: Computer) -> None:
    _chat_in(home, "ferns", "first")
    exchange(home, work)
    work.now = 60.0
    _chat_in(work, "hostas", "second")
    home.now = 120.0
    exchange(home, work)
    exchange(home, work)
    assert home.folders() == work.folders() == {"first": "Garden", "second": "Garden"}


def test_instructions_go_along_and_different_ones_keep_both_folders(home: Computer, work: Computer) -> None:
    _chat_in(home, "ferns", "home-garden")
    _chat_in(home, "trains", "home-travel", "Travel", "Prefer trains.")
    home.write()
    work.now = 60.0
    _chat_in(work, "hostas", "work-garden", instructions="Metric units.")
    _chat_in(work, "planes", "work-travel", "Travel", "Prefer planes.")
    exchange(home, work)
    exchange(home, work)
    assert _instructions(home, "home-garden") == _instructions(work, "home-garden") == "Metric units."
    assert sorted(home.folders().values()) == sorted(work.folders().values()) == ["Garden", "Travel", "Travel"]
    assert home.everything() == work.everything()


def test_a_folder_in_the_trash_is_not_joined(home: Computer, work: Computer) -> None:
    _chat_in(home, "ferns", "home-garden")
    home.write()
    work.now = 60.0
    _chat_in(work, "hostas", "work-garden")
    work.delete_folder("work-garden")
    exchange(home, work)
    exchange(home, work)
    assert home.folders() == work.folders() == {"home-garden": "Garden"}
    assert work.trashed_chats() == home.trashed_chats() == {"hostas"}


def test_a_chat_that_arrives_later_for_a_joined_folder_is_put_into_the_older_one(
    home: Computer, work: Computer
) -> None:
    _chat_in(home, "ferns", "home-garden")
    home.write()
    work.now = 60.0
    _chat_in(work, "hostas", "work-garden")
    work.write()
    first = list(work.bundles)
    for bundle in home.bundles:
        work.read(home, bundle)
    work.write()
    for bundle in work.bundles[len(first) :]:
        home.read(work, bundle)
    for bundle in first:
        home.read(work, bundle)
    assert home.chat("hostas").folder_id == "home-garden"
    assert home.folders() == {"home-garden": "Garden"}


def test_forged_cycles_of_joined_folders_end_the_same_everywhere(home: Computer, work: Computer) -> None:
    stamp = Stamp(2_000_000_000_000, "f" * 16)
    forged = [
        FieldSet(stamp, Kind.FOLDER, "a", Field.NAME, "A"),
        FieldSet(stamp, Kind.FOLDER, "b", Field.NAME, "B"),
        FieldSet(stamp, Kind.FOLDER, "a", Field.JOINED, "b"),
        FieldSet(stamp, Kind.FOLDER, "b", Field.JOINED, "a"),
    ]
    home.merge(forged)
    for operation in reversed(forged):
        work.merge([operation])
    for computer in (home, work):
        computer.add_chat("chat", "Chat")
        computer.answer("chat", "answer", "Ferns.", None, MessageState.COMPLETE)
        computer.record()
        computer.merge(
            [FieldSet(Stamp(2_100_000_000_000, "f" * 16), Kind.CHAT, "chat", Field.FOLDER, {"id": "b", "name": "B"})]
        )
    assert home.chat("chat").folder_id == work.chat("chat").folder_id == "a"


def test_a_chat_that_is_moved_while_its_folder_is_deleted_elsewhere_can_be_restored(
    home: Computer, work: Computer
) -> None:
    _chat_in(home, "ferns", "garden")
    home.keep_folder("shed", "Shed")
    exchange(home, work)
    home.delete_folder("garden")
    work.move("ferns", "shed")
    exchange(home, work)
    assert home.trash() == work.trash() == {"garden", "ferns"}
    home.restore_chat("ferns")
    exchange(home, work)
    assert work.chat("ferns").folder_id == "shed"
    assert work.trashed_chats() == set()


def test_a_chat_that_is_deleted_with_a_folder_that_was_joined_can_be_restored(home: Computer, work: Computer) -> None:
    train = Computer(3)
    train.begin()
    _chat_in(home, "ferns", "home-garden")
    home.write()
    work.now = 60.0
    _chat_in(work, "hostas", "work-garden")
    work.write()
    for bundle in work.bundles:
        train.read(work, bundle)
    train.delete_folder("work-garden")
    for _ in range(2):
        exchange(home, work, train)
    assert home.folders() == work.folders() == train.folders() == {"home-garden": "Garden"}
    assert home.trash() == work.trash() == train.trash() == {"hostas"}
    train.close()
