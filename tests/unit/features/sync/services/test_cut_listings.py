"""Programs that share a folder on a WebDAV server which does not list all of its files."""

from collections.abc import AsyncIterator

import pytest

from chatdesk.app.program import Program
from chatdesk.features.sync.services import bundle_writer, unlisted_bundles
from chatdesk.features.sync.services.sync_status import ProblemKind
from chatdesk.kernel.remote_folder import StorageLocation
from tests.fakes.webdav_server import PASSWORD, USER, WebDavServer
from tests.unit.features.sync.services.desk import Desk, path, rounds, talk

FOLDER = "/dav/Chatdesk Sync/"


@pytest.fixture
async def server(desk: Desk) -> AsyncIterator[WebDavServer]:
    async with WebDavServer() as server:
        desk.location, desk.password = StorageLocation(f"{server.url}/dav/", USER), PASSWORD
        yield server


async def problems(program: Program) -> list[ProblemKind]:
    return [each.kind for each in (await program.sync.get().status()).problems]


async def two(desk: Desk) -> tuple[Program, Program, str]:
    """Return two programs that have read each other's bundles, and a chat of both."""
    home, work = await desk.on("home"), await desk.on("work")
    chat = await talk(home, "What grows in shade?")
    await rounds(home, work)
    await talk(work, "Ferns.", chat=chat)
    await rounds(work, home)
    return home, work, chat.id


async def read(program: Program, times: int = 1) -> None:
    for _ in range(times):
        await program.sync.get().run_round()


async def test_new_bundles_that_the_server_does_not_list_are_asked_for_by_name(
    desk: Desk, server: WebDavServer
) -> None:
    home, work, chat = await two(desk)
    server.cut_listing = 1  # nothing but the folder itself
    for text in ("And hostas.", "And moss."):
        await talk(home, text, chat=home.chat.conversations.get(chat))
        await read(home)
    await read(work, 2)
    assert await path(work, chat) == ["What grows in shade?", "Ferns.", "And hostas.", "And moss."]
    assert await problems(work) == [ProblemKind.LISTING_CUT]
    assert await problems(home) == [ProblemKind.LISTING_CUT], "its own newest bundle is not listed either"


async def test_what_a_cut_listing_lacks_is_not_taken_for_removed(desk: Desk, server: WebDavServer) -> None:
    home, work, chat = await two(desk)
    before = set(server.files)
    server.cut_listing = 1
    await rounds(home, work)
    await home.sync.get().turn_on(desk.location or StorageLocation(""), "home", "")
    await rounds(home, work)
    assert await path(home, chat) == ["What grows in shade?", "Ferns."]
    assert set(server.files) == before, "nothing is deleted, and nothing is written again"


async def test_a_complete_listing_ends_the_problem(desk: Desk, server: WebDavServer) -> None:
    home, work, _ = await two(desk)
    server.cut_listing = 1
    await read(work)
    assert await problems(work) == [ProblemKind.LISTING_CUT]
    server.cut_listing = 0
    await read(work)
    assert await problems(work) == []
    await read(home)
    assert await problems(home) == []


async def test_a_joined_bundle_is_found_beyond_those_that_it_has_replaced(
    desk: Desk, server: WebDavServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, work, chat = await two(desk)
    server.cut_listing = 1
    monkeypatch.setattr(bundle_writer, "_MOST_SMALL", 12)
    texts = [f"Fern {number}" for number in range(12)]
    for text in texts:
        await talk(home, text, chat=home.chat.conversations.get(chat))
        await read(home)
    await read(work, 5)
    assert await path(work, chat) == ["What grows in shade?", "Ferns.", *texts]


async def test_a_number_of_entries_at_which_servers_cut_is_a_hint(
    desk: Desk, server: WebDavServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, work, chat = await two(desk)
    monkeypatch.setattr(unlisted_bundles, "_FEWEST_ENTRIES", 1)
    monkeypatch.setattr(unlisted_bundles, "_MULTIPLE", 1)
    before = set(server.files)
    await talk(home, "And hostas.", chat=home.chat.conversations.get(chat))
    await read(home)
    server.unlisted = set(server.files) - before
    await read(work)
    assert await path(work, chat) == ["What grows in shade?", "Ferns.", "And hostas."]
    assert await problems(work) == [ProblemKind.LISTING_CUT]


async def test_bundles_before_a_listed_one_are_found_as_well(desk: Desk, server: WebDavServer) -> None:
    home, work, chat = await two(desk)
    known = set(server.files)
    for text in ("And hostas.", "And moss.", "And ivy."):
        await talk(home, text, chat=home.chat.conversations.get(chat))
        await read(home)
    server.unlisted = set(server.files) - {max(set(server.files) - known)}
    await read(work, 3)
    assert await path(work, chat) == ["What grows in shade?", "Ferns.", "And hostas.", "And moss.", "And ivy."]


async def test_a_server_that_refuses_questions_about_one_file_still_has_its_listings(
    desk: Desk, server: WebDavServer
) -> None:
    home, work, chat = await two(desk)
    server.refuses_single = True
    listed = set(server.files)
    await talk(home, "And hostas.", chat=home.chat.conversations.get(chat))
    await read(home)
    server.unlisted = listed - {FOLDER}
    await read(work)
    assert await path(work, chat) == ["What grows in shade?", "Ferns.", "And hostas."]
    assert await problems(work) == []


async def test_bundles_that_were_compacted_are_deleted_although_they_are_not_listed(
    desk: Desk, server: WebDavServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, _, chat = await two(desk)
    machine = (await home.sync.get().status()).settings.machine
    monkeypatch.setattr(bundle_writer, "_MOST_BUNDLES", 3)
    server.cut_listing = 1
    for text in ("And hostas.", "And moss.", "And ivy."):
        await talk(home, text, chat=home.chat.conversations.get(chat))
        await read(home)
    assert len([name for name in server.files if machine in name]) == 1
