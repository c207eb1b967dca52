"""Two programs whose shared folder is on a WebDAV server."""

from collections.abc import AsyncIterator

import pytest

from chatdesk.app.program import Program
from chatdesk.features.sync.services.shared_folder import shared_location
from chatdesk.features.sync.services.sync_status import ProblemKind
from chatdesk.kernel.errors.backup_errors import LocationMissing, RemoteFolderRefused, RemoteLoginRefused
from chatdesk.kernel.errors.base import KeyExposed
from chatdesk.kernel.remote_folder import StorageLocation
from tests.fakes import webdav_server
from tests.fakes.webdav_server import PASSWORD, USER, WebDavServer
from tests.unit.features.sync.services.desk import Desk, path, rounds, talk

pytestmark = pytest.mark.usefixtures("quick_passphrases")

_FOLDER = "/dav/Chatdesk Sync/"


@pytest.fixture
async def server(desk: Desk) -> AsyncIterator[WebDavServer]:
    async with WebDavServer() as server:
        desk.location, desk.password = StorageLocation(f"{server.url}/dav/", USER), PASSWORD
        yield server


async def problems(program: Program) -> list[ProblemKind]:
    return [each.kind for each in (await program.sync.get().status()).problems]


async def test_two_computers_share_their_chats_and_documents_through_a_server(desk: Desk, server: WebDavServer) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    chat = await talk(home, "What grows in shade?")
    await rounds(home, work)
    await talk(work, "Ferns.", chat=chat)
    await rounds(work, home)
    assert await path(home, chat.id) == ["What grows in shade?", "Ferns."]
    assert [name for name in server.files if name.endswith(".chatdesk-sync")]
    assert _FOLDER + "chatdesk-write-test" not in server.files


async def test_everything_on_the_server_is_encrypted_with_a_passphrase(desk: Desk, server: WebDavServer) -> None:
    home = await desk.on("home", "four words are enough")
    chat = await talk(home, "A secret garden")
    await rounds(home)
    assert await (await desk.open("work")).sync.get().is_encrypted(desk.location or StorageLocation(""), PASSWORD)
    work = await desk.on("work", "four words are enough")
    assert await path(work, chat.id) == ["A secret garden"]
    contents = [content or b"" for name, content in server.files.items() if name.endswith(".age")]
    assert all(content.startswith((b"age-encryption.org/", b"-----BEGIN AGE")) for content in contents)
    assert not [name for name in server.files if name.endswith(".chatdesk-sync")]


async def test_a_wrong_password_switches_nothing_on_and_does_not_replace_the_right_one(
    desk: Desk, server: WebDavServer
) -> None:
    home = await desk.on("home")
    sync = home.sync.get()
    await sync.turn_off()
    location = desk.location or StorageLocation("")
    with pytest.raises(RemoteLoginRefused):
        await sync.turn_on(location, "home", "", "wrong")
    assert not (await sync.status()).settings.is_on
    await sync.turn_on(location, "home", "")
    await sync.run_round()
    assert await problems(home) == [], "the password was kept"


@pytest.mark.parametrize(
    ("path_", "refusals", "error"),
    [
        ("/dav/typing mistake/deeper", {}, LocationMissing),
        ("/dav", {"PUT": 403}, RemoteFolderRefused),
    ],
)
async def test_a_folder_that_cannot_be_written_is_reported_before_anything_is_switched_on(
    desk: Desk, server: WebDavServer, path_: str, refusals: dict[str, int], error: type[Exception]
) -> None:
    home = await desk.open("home")
    server.refusals = refusals
    with pytest.raises(error):
        await home.sync.get().turn_on(StorageLocation(f"{server.url}{path_}", USER), "home", "", PASSWORD)
    assert not (await home.sync.get().status()).settings.is_on


async def test_a_password_is_not_sent_over_the_internet_without_tls(desk: Desk) -> None:
    home = await desk.open("home")
    with pytest.raises(KeyExposed):
        await home.sync.get().turn_on(StorageLocation("http://dav.example.com/x", USER), "home", "", PASSWORD)


async def test_a_password_that_was_changed_on_the_server_is_a_problem_of_its_own(
    desk: Desk, server: WebDavServer
) -> None:
    home = await desk.on("home")
    server.refusals = {"PROPFIND": 401}
    await home.sync.get().run_round()
    assert await problems(home) == [ProblemKind.LOGIN]
    server.refusals = {}
    await home.sync.get().run_round()
    assert await problems(home) == []


@pytest.mark.usefixtures("server")
async def test_signing_in_again_keeps_the_folder_and_all_that_was_synchronised(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    chat = await talk(home, "Before")
    await rounds(home, work)
    before = (await home.sync.get().status()).settings
    monkeypatch.setattr(webdav_server, "PASSWORD", "a new one")
    await home.sync.get().run_round()
    assert await problems(home) == [ProblemKind.LOGIN]
    with pytest.raises(RemoteLoginRefused):
        await home.sync.get().sign_in(USER, "a wrong one")
    assert await problems(home) == [ProblemKind.LOGIN]
    for computer in (home, work):
        await computer.sync.get().sign_in(USER, "a new one")
    await talk(home, "After", chat=chat)
    await rounds(home, work)
    assert await problems(home) == []
    after = (await home.sync.get().status()).settings
    assert (after.machine, after.public_key, after.location) == (before.machine, before.public_key, before.location)
    assert after.bundle == before.bundle + 1, "nothing is written a second time"
    assert await path(work, chat.id) == ["Before", "After"]


async def test_a_server_that_is_down_keeps_the_changes_until_it_is_back(desk: Desk, server: WebDavServer) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    chat = await talk(home, "Later")
    server.refusals = {"PUT": 503, "PROPFIND": 503}
    await rounds(home)
    assert await problems(home) == [ProblemKind.FOLDER]
    server.refusals = {}
    await rounds(home, work)
    assert await path(work, chat.id) == ["Later"]


async def test_a_bundle_that_the_server_cut_off_is_read_again(desk: Desk, server: WebDavServer) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    chat = await talk(home, "Cut off")
    await home.sync.get().run_round()
    server.cut = 20
    await work.sync.get().run_round()
    server.cut = 0
    await work.sync.get().run_round()
    assert await path(work, chat.id) == ["Cut off"]


@pytest.mark.parametrize(
    ("chosen", "shared"),
    [
        ("https://dav.example.com/dav", "https://dav.example.com/dav/Chatdesk%20Sync"),
        ("https://dav.example.com/dav/", "https://dav.example.com/dav/Chatdesk%20Sync"),
        ("https://dav.example.com/dav/Chatdesk%20Sync/", "https://dav.example.com/dav/Chatdesk%20Sync"),
    ],
)
def test_the_shared_folder_on_a_server_is_in_the_chosen_one(chosen: str, shared: str) -> None:
    assert shared_location(StorageLocation(chosen, "ana")) == StorageLocation(shared, "ana")


async def test_a_round_without_changes_asks_the_server_once_and_only_if_it_reads(
    desk: Desk, server: WebDavServer
) -> None:
    home = await desk.on("home")
    await talk(home, "What grows in shade?")
    await rounds(home)
    server.requests.clear()
    await home.sync.get().run_round(reads=False)
    assert server.requests == []
    await home.sync.get().run_round()
    assert [request.method for request in server.requests] == ["PROPFIND"]
