"""A folder on a WebDAV server."""

import hashlib
import os
import ssl
from collections.abc import AsyncIterator, Iterator
from io import FileIO
from pathlib import Path

import pytest

from chatdesk.kernel.errors.backup_errors import (
    BackupDamaged,
    LocationFull,
    LocationMissing,
    NotAWebDavServer,
    RemoteFolderRefused,
    RemoteLoginRefused,
)
from chatdesk.kernel.errors.base import (
    CertificateRefused,
    ConnectionLost,
    KeyExposed,
    RedirectRefused,
    ServerTimedOut,
    ServerUnreachable,
)
from chatdesk.kernel.errors.storage_errors import DiskFull, FileUnavailable
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.remote_folder import UNFINISHED, RemoteEntry
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.network.webdav import WebDavFolder
from tests.fakes.scripted_server import Hang, Request, ScriptedServer, Step, reply
from tests.fakes.webdav_server import PASSWORD, USER, WebDavServer
from tests.paths import CERTIFICATES

LIMIT = 100_000_000


@pytest.fixture
async def server() -> AsyncIterator[WebDavServer]:
    async with WebDavServer() as server:
        yield server


@pytest.fixture
async def network() -> AsyncIterator[tuple[NetworkThread, Lazy[HttpClient]]]:
    async with NetworkThread() as thread:
        http = Lazy(HttpClient, lambda client: client.aclose())
        yield thread, http
        await thread.call(http.close)


def folder_on(server: ScriptedServer, network, path: str = "/dav/Chat desk", password: str = PASSWORD) -> WebDavFolder:
    return WebDavFolder(*network, server.url + path.replace(" ", "%20"), USER, password)


def file(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "source"
    path.write_bytes(content)
    return path


async def test_a_file_is_written_listed_read_and_deleted(server, network, tmp_path: Path) -> None:
    folder, content = folder_on(server, network), os.urandom(3_000_000)
    await folder.write("attachments/ab/天.bin", file(tmp_path, content))
    assert await folder.list() == (RemoteEntry("attachments", 0, is_folder=True),)
    assert await folder.list("attachments/ab") == (RemoteEntry("天.bin", 3_000_000),)
    assert await folder.find("attachments/ab/天.bin") == RemoteEntry("天.bin", 3_000_000)
    assert await folder.find("attachments/ab/地.bin") is None
    await folder.read("attachments/ab/天.bin", tmp_path / "back", LIMIT)
    assert (tmp_path / "back").read_bytes() == content
    assert await folder.sha256("attachments/ab/天.bin", LIMIT) == hashlib.sha256(content).hexdigest()
    await folder.delete("attachments/ab/天.bin")
    await folder.delete("attachments/ab/天.bin")
    assert await folder.list("attachments/ab") == ()


@pytest.mark.parametrize(
    "answer",
    [
        b"<multistatus xmlns='DAV:'/>",
        b"<multistatus xmlns='DAV:'><response><href>/dav/a.txt</href><status>HTTP/1.1 404 Not Found</status></response></multistatus>",
        b"<multistatus xmlns='DAV:'><response><href>/dav/other.txt</href></response></multistatus>",
    ],
)
async def test_a_file_is_only_there_if_the_server_answers_with_it(server, network, answer: bytes) -> None:
    server.listing = answer
    assert await folder_on(server, network, "/dav").find("a.txt") is None


async def test_a_refusal_does_not_mean_that_a_file_is_missing(server, network) -> None:
    for status, error in ((503, RemoteFolderRefused), (401, RemoteLoginRefused)):
        server.refusals["PROPFIND"] = status
        with pytest.raises(error):
            await folder_on(server, network).find("a.txt")
    server.refusals.clear()
    server.listing = b"<html>Sign in</html>"
    with pytest.raises(NotAWebDavServer):
        await folder_on(server, network, "/dav").find("a.txt")


async def test_a_file_gets_its_name_only_when_the_server_has_all_of_it(server, network, tmp_path: Path) -> None:
    folder = folder_on(server, network)
    await folder.write("a.txt", file(tmp_path, b"old"))
    server.refusals["MOVE"] = 500
    with pytest.raises(RemoteFolderRefused):
        await folder.write("a.txt", file(tmp_path, b"new"))
    assert server.files["/dav/Chat desk/a.txt"] == b"old"
    assert await folder.list() == (RemoteEntry("a.txt", 3),)


@pytest.mark.parametrize(
    ("changed", "date", "is_removed"),
    [
        ("Tue, 01 Dec 2026 10:00:00 GMT", "Wed, 02 Dec 2026 11:00:00 GMT", True),
        ("Tue, 01 Dec 2026 12:00:00 GMT", "Wed, 02 Dec 2026 11:00:00 GMT", False),
        ("Tue, 01 Dec 2099 12:00:00 GMT", "Wed, 02 Dec 2026 11:00:00 GMT", False),
        ("", "Wed, 02 Dec 2026 11:00:00 GMT", False),
        ("Tue, 01 Dec 2026 10:00:00 GMT", "", False),
        ("Tue, 01 Dec 2026 10:00:00 GMT", "99 Nonsense 999999999999", False),
        ("Tue, 01 Dec 2026 10:00:00", "Wed, 02 Dec 2026 11:00:00 GMT", False),
        ("-1", "9" * 5_000, False),
    ],
)
async def test_what_nobody_has_completed_for_a_day_by_the_clock_of_the_server_is_removed(
    server, network, changed: str, date: str, is_removed: bool
) -> None:
    server.files |= {f"/dav/a b.txt{UNFINISHED}": b"half", "/dav/old.txt": b"whole", f"/dav/folder{UNFINISHED}/": None}
    server.changed, server.date = lambda _path: changed, date
    assert await folder_on(server, network, "/dav").list() == (RemoteEntry("old.txt", 5),)
    assert (f"/dav/a b.txt{UNFINISHED}" not in server.files) is is_removed
    assert {"/dav/old.txt", f"/dav/folder{UNFINISHED}/"} <= server.files.keys()


async def test_an_old_unfinished_file_of_another_program_stays(server, network) -> None:
    server.files |= {"/dav/holiday.mp4.partial": b"half"}
    server.changed = lambda _path: "Tue, 01 Dec 2020 10:00:00 GMT"
    await folder_on(server, network, "/dav").list()
    assert "/dav/holiday.mp4.partial" in server.files


async def test_a_folder_is_listed_even_if_nothing_can_be_removed_from_it(server, network) -> None:
    server.files |= {f"/dav/a.txt{UNFINISHED}": b"half", "/dav/b.txt": b"b"}
    server.changed, server.refusals = lambda _path: "Tue, 01 Dec 2020 10:00:00 GMT", {"DELETE": 403}
    assert await folder_on(server, network, "/dav").list() == (RemoteEntry("b.txt", 1),)


async def test_what_is_missing_is_not_there_and_nothing_is_listed_in_it(server, network, tmp_path: Path) -> None:
    folder = folder_on(server, network)
    assert await folder.list() == ()
    with pytest.raises(FileNotFoundError):
        await folder.read("a.txt", tmp_path / "back", LIMIT)
    with pytest.raises(LocationMissing):
        await folder_on(server, network, "/dav/no/such").write("a.txt", file(tmp_path, b"x"))


@pytest.mark.parametrize(
    ("method", "status", "kind"),
    [
        ("PUT", 507, LocationFull),
        ("PUT", 413, LocationFull),
        ("PUT", 403, RemoteFolderRefused),
        ("PUT", 501, NotAWebDavServer),
        ("PROPFIND", 405, NotAWebDavServer),
        ("PROPFIND", 200, NotAWebDavServer),
    ],
)
async def test_a_refusal_says_what_is_wrong(server, network, tmp_path: Path, method: str, status: int, kind) -> None:
    folder = folder_on(server, network)
    server.refusals[method] = status
    with pytest.raises(kind):
        await (folder.list() if method == "PROPFIND" else folder.write("a.txt", file(tmp_path, b"x")))


async def test_a_wrong_password_is_reported_and_never_in_the_error(server, network) -> None:
    with pytest.raises(RemoteLoginRefused) as caught:
        await folder_on(server, network, password="S3CRETWORD").list()
    assert "S3CRETWORD" not in str(caught.value)


@pytest.mark.parametrize(
    "listing",
    [b"<html>Welcome</html>", b"not XML", b"", b"<!DOCTYPE x [<!ENTITY a 'aa'>]><D:multistatus xmlns:D='DAV:'/>"],
)
async def test_a_page_that_is_no_listing_is_not_taken_for_an_empty_folder(server, network, listing: bytes) -> None:
    server.listing = listing
    with pytest.raises(NotAWebDavServer):
        await folder_on(server, network).list()


async def test_a_listing_in_pages_is_complete(server, network) -> None:
    names = [f"{number:04}" for number in range(2_000)]
    server.files |= {"/dav/Chat desk/": None, **{f"/dav/Chat desk/{name}": b"x" for name in names}}
    server.page = 750
    assert [entry.name for entry in await folder_on(server, network).list()] == names


@pytest.mark.parametrize("address", ["https://elsewhere.example/dav/?mk=1", "/other/?mk=1", "", "?mk=1"])
async def test_a_next_page_elsewhere_or_without_end_is_only_asked_for_in_the_folder_itself(
    server, network, address: str
) -> None:
    server.files |= {"/dav/Chat desk/": None, "/dav/Chat desk/a": b"x", "/dav/Chat desk/b": b"x", "/dav/other": b"x"}
    server.page, server.next_page = 1, address
    assert {entry.name for entry in await folder_on(server, network).list()} <= {"a", "b"}
    assert {request.path.partition("?")[0] for request in server.requests} == {"/dav/Chat%20desk/"}
    assert len(server.requests) <= 3


async def test_names_that_lead_elsewhere_are_left_out_of_a_listing(server, network) -> None:
    names = ["..", "a%2Fb", "a%5Cb", "C%3A", "%00", "x" * 300, "fine.txt", f"left{UNFINISHED}"]
    entries = [f"<D:response><D:href>/dav/Chat%20desk/{name}</D:href></D:response>" for name in ["", *names]]
    server.listing = "".join(["<D:multistatus xmlns:D='DAV:'>", *entries, "</D:multistatus>"]).encode()
    found = await folder_on(server, network).list()
    assert {entry.name for entry in found} <= {"fine.txt", "b"}
    assert RemoteEntry("fine.txt", 0) in found


async def test_entries_are_found_below_another_path_and_host_as_a_proxy_shows_them(server, network) -> None:
    entries = [
        f"<D:response><D:href>http://inside:8080/remote.php/{name}</D:href></D:response>" for name in ("x/", "x/a.txt")
    ]
    server.listing = "".join(["<D:multistatus xmlns:D='DAV:'>", *entries, "</D:multistatus>"]).encode()
    assert await folder_on(server, network).list() == (RemoteEntry("a.txt", 0),)


async def test_a_file_that_is_larger_than_allowed_or_cut_off_leaves_nothing(server, network, tmp_path: Path) -> None:
    folder = folder_on(server, network)
    await folder.write("a.txt", file(tmp_path, b"x" * 1000))
    with pytest.raises(BackupDamaged):
        await folder.read("a.txt", tmp_path / "back", 999)
    server.cut = 10
    with pytest.raises(ConnectionLost):
        await folder.read("a.txt", tmp_path / "back", LIMIT)
    assert not (tmp_path / "back").exists()


async def test_the_password_is_sent_to_no_other_address_and_not_unencrypted_to_the_internet(network) -> None:
    elsewhere = reply("", 302, headers={"Location": "http://127.0.0.1:1/dav/"})
    async with ScriptedServer(lambda _: [elsewhere]) as server:
        with pytest.raises(RedirectRefused):
            await folder_on(server, network).list()
    with pytest.raises(KeyExposed):
        WebDavFolder(*network, "http://dav.example.com/x", USER, PASSWORD)


@pytest.mark.parametrize("name", ["../a", "/etc/passwd", "a//b", "a\\b", "", ".", "C:/x", "a/../b", "\n"])
async def test_names_that_lead_outside_are_refused_before_anything_is_sent(
    server, network, name: str, tmp_path
) -> None:
    with pytest.raises(ValueError, match=r"^"):
        await folder_on(server, network).read(name, tmp_path / "back", LIMIT)
    assert not server.requests


@pytest.mark.parametrize("certificate", ["self_signed.pem", "expired.pem"])
async def test_a_server_whose_certificate_is_not_trusted_gets_no_password(network, certificate: str) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(CERTIFICATES / certificate)
    async with WebDavServer(tls=tls) as server:
        with pytest.raises(CertificateRefused) as caught:
            await folder_on(server, network).list()
        assert server.requests == []
    assert "self-signed" in caught.value.reason.replace(" ", "-")


async def test_a_server_without_tls_at_an_https_address_is_reported_with_a_reason(server, network) -> None:
    folder = WebDavFolder(*network, server.url.replace("http:", "https:") + "/dav", USER, PASSWORD)
    with pytest.raises(ServerUnreachable) as caught:
        await folder.list()
    assert caught.value.reason
    assert "Error" not in caught.value.reason


async def test_the_free_space_is_asked_for_without_what_is_in_the_folder(server, network) -> None:
    server.quota = " 123456789 "
    assert await folder_on(server, network).free_bytes() == 123456789
    assert server.requests[-1].headers["depth"] == "0"


@pytest.mark.parametrize("quota", [None, "", "-3", "-1", "1e9", "9" * 16, "12 GB", "٣", "0x10", "1.5"])
async def test_free_space_that_is_missing_or_implausible_is_unknown(server, network, quota: str | None) -> None:
    server.quota = quota
    assert await folder_on(server, network).free_bytes() is None


async def test_free_space_is_unknown_where_the_question_is_refused_or_answered_with_something_else(
    server, network
) -> None:
    server.refusals["PROPFIND"] = 403
    assert await folder_on(server, network).free_bytes() is None
    server.refusals.clear()
    async with ScriptedServer(lambda _: [reply(b"<!DOCTYPE x><multistatus/>", 207, "application/xml")]) as other:
        assert await folder_on(other, network).free_bytes() is None


async def test_files_on_this_computer_that_cannot_be_read_or_written_are_no_fault_of_the_server(
    server: WebDavServer, network, tmp_path: Path
) -> None:
    folder = folder_on(server, network)
    await folder.write("a", file(tmp_path, b"content"))
    for work, path in (
        (folder.write("b", tmp_path / "removed"), tmp_path / "removed"),
        (folder.read("a", tmp_path / "no folder" / "target", LIMIT), tmp_path / "no folder" / "target"),
    ):
        with pytest.raises(FileUnavailable) as raised:
            await work
        assert raised.value.path == str(path)
    assert [entry.name for entry in await folder.list()] == ["a"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the device that is always full")
async def test_a_full_disk_of_this_computer_is_reported_as_that(
    server: WebDavServer, network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_on(server, network)
    await folder.write("a", file(tmp_path, b"content"))
    monkeypatch.setattr("chatdesk.network.webdav._open_new", lambda _path: FileIO("/dev/full", "w"))
    with pytest.raises(DiskFull) as raised:
        await folder.read("a", tmp_path / "target", LIMIT)
    assert raised.value.path == str(tmp_path / "target")


@pytest.mark.parametrize("status", [423, 507])
async def test_what_the_server_refuses_to_rename_does_not_take_its_space(
    server: WebDavServer, network, tmp_path: Path, status: int
) -> None:
    folder = folder_on(server, network)
    server.refusals["MOVE"] = status
    with pytest.raises((RemoteFolderRefused, LocationFull)):
        await folder.write("a", file(tmp_path, b"content"))
    assert [name for name, content in server.files.items() if content is not None] == []


async def test_a_server_that_does_not_answer_a_transfer_is_given_up(
    server: WebDavServer, network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_on(server, network)
    await folder.list()
    monkeypatch.setattr("chatdesk.network.webdav._IDLE_SECONDS", 0.01)
    respond = server._respond

    def hang(request: Request) -> Iterator[Step]:
        return iter([Hang()]) if request.method in {"PUT", "GET"} else respond(request)

    server.script = hang
    for work in (folder.write("a", file(tmp_path, b"content")), folder.read("a", tmp_path / "target", LIMIT)):
        with pytest.raises(ServerTimedOut):
            await work


async def test_a_folder_that_is_expected_and_does_not_exist_is_missing(server: WebDavServer, network) -> None:
    folder = folder_on(server, network)
    assert await folder.list() == ()
    with pytest.raises(LocationMissing):
        await folder.list(expected=True)
