"""What is in small bundles is written again as one, and the small ones are deleted: nothing that only they had may be lost."""

from tests.unit.features.sync.computer import Computer, exchange


def _talk(computer: Computer) -> None:
    """Write a chat into small bundles."""
    computer.add_chat("chat", "Gardens")
    computer.ask("chat", "question", "What grows in shade?")
    computer.write(in_small=True)
    computer.ask("chat", "answer", "Ferns.", "question")
    computer.write(in_small=True)


def _read_all(computer: Computer, *others: Computer) -> None:
    for _ in range(2):
        for other in others:
            for bundle in other.bundles:
                computer.read(other, bundle)


def test_one_bundle_takes_the_place_of_small_ones(home: Computer, work: Computer) -> None:
    _talk(home)
    home.join()
    assert len(home.bundles) == 1
    _read_all(work, home)
    assert work.path("chat") == ["What grows in shade?", "Ferns."]
    assert work.everything() == home.everything()


def test_a_later_value_from_elsewhere_is_written_in_place_of_the_one_in_a_small_bundle(
    home: Computer, work: Computer
) -> None:
    _talk(home)
    exchange(home, work)
    work.now += 10
    work.change_chat("chat", title="Ferns")
    exchange(home, work)
    home.join()
    third = Computer(3)
    third.begin()
    _read_all(third, home)
    assert third.chat("chat").title == "Ferns"
    third.close()


def test_what_was_removed_for_good_stays_in_the_folder_for_those_who_continue_it(
    home: Computer, work: Computer
) -> None:
    _talk(home)
    _read_all(work, home)
    home.delete_chat("chat")
    home.write(in_small=True)
    home.remove_chat_for_good("chat")
    home.join()
    work.ask("chat", "next", "And in the sun?", "answer")
    work.write()
    third = Computer(3)
    third.begin()
    _read_all(third, work, home)
    assert third.texts("chat") == ["What grows in shade?", "Ferns.", "And in the sun?"]
    third.close()


def test_what_came_back_from_a_small_bundle_of_this_computer_keeps_that_bundle(home: Computer, work: Computer) -> None:
    _talk(home)
    _read_all(work, home)
    home.delete_chat("chat")
    home.remove_chat_for_good("chat")
    home.record()
    work.ask("chat", "next", "And in the sun?", "answer")
    work.write()
    _read_all(home, work, home)
    assert home.texts("chat") == ["What grows in shade?", "Ferns.", "And in the sun?"]
    home.join()
    third = Computer(3)
    third.begin()
    _read_all(third, work, home)
    assert third.texts("chat") == ["What grows in shade?", "Ferns.", "And in the sun?"]
    third.close()


def test_a_join_that_was_killed_is_begun_again(home: Computer, work: Computer) -> None:
    _talk(home)
    assert home.begin_join(), "the fields are marked, and then it is killed"
    home.write(in_small=True)
    home.delete_replaced()
    _read_all(work, home)
    assert work.texts("chat") == ["What grows in shade?", "Ferns."]
    home.join()
    assert len(home.bundles) == 1
    third = Computer(3)
    third.begin()
    _read_all(third, home)
    assert third.everything() == home.everything()
    third.close()


def test_what_was_removed_for_good_is_not_marked_again_in_each_join(home: Computer) -> None:
    _talk(home)
    home.delete_chat("chat")
    home.write(in_small=True)
    home.remove_chat_for_good("chat")
    home.join(in_small=True)
    assert not home.connection.execute("SELECT 1 FROM sync_messages WHERE sent = 2").fetchall()
