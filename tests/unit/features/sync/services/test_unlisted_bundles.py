"""Which bundles are asked for by name when a server lists only so many files."""

from pathlib import Path

import pytest

from chatdesk.features.sync.files.bundle import bundle_name
from chatdesk.features.sync.services.shared_folder import SharedFolder
from chatdesk.features.sync.services.unlisted_bundles import UnlistedBundles
from chatdesk.kernel.errors.backup_errors import RemoteFolderRefused
from chatdesk.kernel.remote_folder import RemoteEntry

OWN, HOME, WORK = "a" * 16, "b" * 16, "c" * 16


class Server:
    """A folder that lists only the first `limit` of its bundles, and counts the questions about single ones."""

    def __init__(self, *bundles: tuple[str, int], limit: int) -> None:
        self.names = {bundle_name(machine, number, encrypted=False) for machine, number in bundles}
        self.limit = limit
        self.asked: list[str] = []
        self.refuses = False

    async def list(self, *_folder: str):
        return tuple(RemoteEntry(name, 100) for name in sorted(self.names)[: self.limit])

    async def find(self, name: str):
        self.asked.append(name)
        if self.refuses:
            raise RemoteFolderRefused(None, "https://example.org", 503)
        return RemoteEntry(name, 100) if name in self.names else None


class Rounds:
    """The rounds of a computer that reads what it finds."""

    def __init__(self, server: Server, *known: tuple[str, int]) -> None:
        self.server = server
        self.known = set(known)
        self.unlisted = UnlistedBundles()
        self.folder = SharedFolder(server, None, Path())

    async def run(self, count: int = 1) -> None:
        for _ in range(count):
            self.server.asked.clear()
            listed = await self.folder.bundles()
            newest = {
                machine: max(number for each, number in self.known if each == machine) for machine, _ in self.known
            }
            found = await self.unlisted.find(self.folder, listed, self.known, newest, OWN)
            self.known |= {(each.name.machine, each.name.number) for each in (*listed, *found)}


async def test_nothing_is_asked_for_when_the_newest_bundles_are_listed() -> None:
    rounds = Rounds(Server((OWN, 5), (HOME, 7), limit=99), (OWN, 5), (HOME, 7))
    await rounds.run()
    assert rounds.server.asked == []
    assert not rounds.unlisted.is_cut


async def test_bundles_that_follow_the_last_known_one_are_found_at_once() -> None:
    server = Server((OWN, 5), *((HOME, number) for number in range(7, 47)), limit=1)
    rounds = Rounds(server, (OWN, 5), (HOME, 7))
    await rounds.run()
    assert rounds.unlisted.is_cut
    assert (HOME, 46) in rounds.known


async def test_one_that_follows_a_gap_of_joined_ones_is_found_later() -> None:
    rounds = Rounds(Server((OWN, 5), (HOME, 7), (HOME, 207), (HOME, 208), limit=1), (OWN, 5), (HOME, 7))
    await rounds.run(40)
    assert {(HOME, 207), (HOME, 208)} <= rounds.known


async def test_the_bundles_before_a_listed_one_are_found() -> None:
    rounds = Rounds(Server((OWN, 5), (HOME, 2), (HOME, 3), (HOME, 90), limit=1), (OWN, 5), (HOME, 1), (HOME, 90))
    rounds.server.names.add(bundle_name(OWN, 6, encrypted=False))
    rounds.known.add((OWN, 6))
    await rounds.run(40)
    assert {(HOME, 2), (HOME, 3)} <= rounds.known


async def test_few_questions_are_asked_in_a_round_and_a_new_bundle_is_found_in_the_next_one() -> None:
    computers = [f"{number:016x}" for number in range(1, 30)]
    server = Server((OWN, 5), *((computer, 7) for computer in computers), limit=0)
    rounds = Rounds(server, (OWN, 5), *((computer, 7) for computer in computers))
    for _ in range(3):
        await rounds.run()
        assert len(server.asked) <= 10
    few = Rounds(Server((OWN, 5), (HOME, 7), limit=0), (OWN, 5), (HOME, 7))
    await few.run(100)
    few.server.names.add(bundle_name(HOME, 8, encrypted=False))
    await few.run()
    assert (HOME, 8) in few.known


async def test_bundles_that_somebody_has_deleted_are_asked_for_once() -> None:
    rounds = Rounds(Server((OWN, 5), limit=99), (OWN, 5), (HOME, 7))
    await rounds.run()
    assert len(rounds.server.asked) == 1
    assert not rounds.unlisted.is_cut
    await rounds.run()
    assert rounds.server.asked == []
    rounds.unlisted.ask_again()
    await rounds.run()
    assert len(rounds.server.asked) == 1


@pytest.mark.parametrize("entries", [100, 149, 750, 999])
async def test_at_a_round_number_of_entries_the_next_bundle_is_asked_for(entries: int) -> None:
    others = [(OWN, number) for number in range(1, entries)]
    server = Server(*others, (HOME, 1), (HOME, 2), limit=entries)
    rounds = Rounds(server, *others, (HOME, 1))
    await rounds.run()
    assert (HOME, 2) in rounds.known
    assert rounds.unlisted.is_cut


async def test_a_refusal_proves_nothing() -> None:
    rounds = Rounds(Server((OWN, 5), (HOME, 7), limit=0), (OWN, 5), (HOME, 7))
    rounds.server.refuses = True
    await rounds.run()
    assert not rounds.unlisted.is_cut
    rounds.server.refuses = False
    await rounds.run()
    assert rounds.unlisted.is_cut
