"""Values of headers and passwords of proxies: kept in the keyring, bound to their address, and given to requests only."""

import asyncio
import base64
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.features.servers.services.server_secrets import SecretLocation
from chatdesk.kernel.errors.base import KeyExposed, ProxyLoginRefused, ProxyUnusable
from chatdesk.kernel.errors.keyring_errors import (
    HeaderMissing,
    KeyInvalid,
    KeyringError,
    KeyringUnavailable,
    SecretsUnreachable,
)
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ConnectionOptions, Header, ProxyChoice
from chatdesk.storage.files.servers_file import ServersFile
from chatdesk.system.key_store import SessionKeyStore, header_value
from tests.fakes.keyrings import FailingKeyring, LockedKeyring, NoKeyring, SmallKeyring, UnlockingKeyring
from tests.fakes.scripted_server import Request, ScriptedServer, reply
from tests.unit.features.servers.services.secrets_harness import CANARY, GATE, Harness, server_at

OLD = (Header("X-One", "old-1", in_file=True), Header("X-Two", "old-2", in_file=True))


@pytest.fixture
def harness(tmp_path: Path) -> Harness:
    return Harness(tmp_path)


def models(_: Request) -> list[bytes]:
    return [reply({"data": [{"id": "one"}]})]


def old_file(folder: Path, url: str) -> None:
    """Write a header as versions before this one did."""
    ServersFile(folder / "servers.json").write([server_at(url, replace(GATE, in_file=True))])


async def test_the_value_of_a_header_goes_along_and_is_in_no_file(harness: Harness) -> None:
    async with ScriptedServer(models) as server:
        await harness.servers.save(server_at(server.url, GATE))
        assert harness.servers.find("s").headers == (Header(GATE.name),)
        assert CANARY not in harness.files
        assert CANARY not in repr(harness.servers.find("s"))
        assert CANARY not in repr(server_at(server.url, GATE))
        assert await harness.servers.header_location(harness.servers.find("s")) is SecretLocation.KEYRING
        await harness.ask(harness.servers.find("s"))
        again = harness.again()
        await again.ask(again.servers.find("s"))
    assert len(server.requests) == 4
    assert {request.headers[GATE.name.lower()] for request in server.requests} == {CANARY}


async def test_what_is_typed_is_tested_before_it_is_saved(harness: Harness) -> None:
    async with ScriptedServer(models) as server, harness.connections() as connections:
        assert (await connections.test(server_at(server.url, GATE)))[0].model_count == 1
        assert server.requests[0].headers[GATE.name.lower()] == CANARY
    assert harness.files == ""


async def test_a_value_is_not_given_to_another_address(harness: Harness) -> None:
    async with ScriptedServer(models) as server, ScriptedServer(models) as other:
        await harness.servers.save(server_at(server.url, GATE))
        await harness.servers.save(replace(harness.servers.find("s"), base_url=other.url))
        with pytest.raises(HeaderMissing) as caught:
            await harness.ask(harness.servers.find("s"))
        assert caught.value.header == GATE.name
        assert other.connections == 0
        await harness.servers.save(replace(harness.servers.find("s"), base_url=server.url))
        await harness.ask(harness.servers.find("s"))


@pytest.mark.parametrize("keyring", [LockedKeyring, FailingKeyring])
async def test_nothing_is_sent_while_the_keyring_that_has_the_value_does_not_give_it(
    harness: Harness, keyring: type[NoKeyring]
) -> None:
    async with ScriptedServer(models) as server:
        await harness.servers.save(server_at(server.url, GATE))
        shut = harness.again(keyring())
        with pytest.raises(SecretsUnreachable):
            await shut.ask(shut.servers.find("s"))
        assert server.connections == 0


async def test_without_a_keyring_a_value_is_kept_for_this_run(tmp_path: Path) -> None:
    harness = Harness(tmp_path, NoKeyring())
    async with ScriptedServer(models) as server:
        await harness.servers.save(server_at(server.url, GATE))
        assert await harness.servers.header_location(harness.servers.find("s")) is SecretLocation.THIS_RUN
        await harness.ask(harness.servers.find("s"))
        assert CANARY not in harness.files
        assert CANARY not in harness.redactor(f"said {CANARY} back")
        with pytest.raises(HeaderMissing):
            await (again := harness.again()).ask(again.servers.find("s"))


@pytest.mark.usefixtures("caplog")  # it warns
@pytest.mark.parametrize("keyring", [LockedKeyring, FailingKeyring, NoKeyring])
async def test_a_value_of_an_earlier_version_works_until_the_keyring_takes_it(
    tmp_path: Path, keyring: type[NoKeyring]
) -> None:
    async with ScriptedServer(models) as server:
        old_file(tmp_path, server.url)
        assert CANARY in (tmp_path / "servers.json").read_text("utf-8")
        closed = Harness(tmp_path, keyring())
        await closed.servers.move_headers()
        await closed.servers.save(replace(closed.servers.find("s"), name="Renamed"))
        assert await closed.servers.header_location(closed.servers.find("s")) is SecretLocation.FILE
        await closed.ask(closed.servers.find("s"))
        opened = closed.again(SessionKeyStore(Redactor()))
        stale = opened.servers.find("s")
        assert stale.name == "Renamed"
        await opened.servers.move_headers()
        assert await opened.servers.header_location(opened.servers.find("s")) is SecretLocation.KEYRING
        assert CANARY not in opened.files
        await opened.servers.save(replace(stale, name="Again"))  # by a form that was opened before
        assert CANARY not in opened.files
        await opened.ask(opened.servers.find("s"))
    assert len(server.requests) == 4
    assert {request.headers[GATE.name.lower()] for request in server.requests} == {CANARY}


async def test_a_value_of_an_earlier_version_does_not_follow_to_another_address(tmp_path: Path) -> None:
    async with ScriptedServer(models) as server, ScriptedServer(models) as other:
        old_file(tmp_path, server.url)
        harness = Harness(tmp_path, LockedKeyring())
        await harness.servers.save(replace(harness.servers.find("s"), base_url=other.url))
        assert CANARY not in harness.files
        with pytest.raises(SecretsUnreachable):
            await harness.ask(harness.servers.find("s"))
        await harness.servers.save(replace(harness.servers.find("s"), base_url=server.url))
        await harness.ask(harness.servers.find("s"))
        assert other.connections == 0


class MovingHarness(Harness):
    """Two values of an earlier version are on their way into a keyring that is being unlocked: it has the first."""

    keyring: UnlockingKeyring

    def __init__(self, folder: Path) -> None:
        file = ServersFile(folder / "servers.json")
        file.write([server_at("https://lab.example", *OLD)])
        super().__init__(folder, UnlockingKeyring())
        self._moving = asyncio.create_task(self.servers.move_headers())

    async def type(self, *headers: Header) -> None:
        """Save these headers while the keyring is being unlocked, and open it."""
        await self.keyring.asked.wait()
        saving = asyncio.create_task(self.servers.save(replace(self.servers.find("s"), headers=headers)))
        await asyncio.sleep(0.01)
        await self.opened()
        await saving

    async def opened(self) -> None:
        self.keyring.opened.set()
        await self._moving

    @property
    def values(self) -> dict[str, str]:
        return {which: secret.reveal() for (_, which), (_, secret) in self.keyring._secrets.items()}


async def test_an_old_value_on_its_way_into_the_keyring_does_not_replace_one_typed_meanwhile(tmp_path: Path) -> None:
    harness = MovingHarness(tmp_path)
    await harness.type(Header("X-One", "new-1"), Header("X-Two", "new-2"))
    assert harness.values == {header_value("X-One"): "new-1", header_value("X-Two"): "new-2"}
    assert "old" not in harness.files


async def test_an_old_value_of_a_header_removed_meanwhile_does_not_come_into_the_keyring(tmp_path: Path) -> None:
    harness = MovingHarness(tmp_path)
    await harness.type()
    assert harness.values == {}
    assert "old" not in harness.files


async def test_old_values_of_a_server_forgotten_meanwhile_do_not_come_into_the_keyring(tmp_path: Path) -> None:
    harness = MovingHarness(tmp_path)
    await harness.keyring.asked.wait()
    await harness.servers.forget(await harness.servers.remove("s"))
    await harness.opened()
    assert harness.values == {}


async def test_a_server_renamed_meanwhile_is_no_reason_to_leave_old_values_in_the_file(tmp_path: Path) -> None:
    harness = MovingHarness(tmp_path)
    await harness.keyring.asked.wait()
    await harness.servers.save(replace(harness.servers.find("s"), name="Renamed"))  # waits for no keyring
    await harness.opened()
    assert harness.values == {header_value("X-One"): "old-1", header_value("X-Two"): "old-2"}
    assert harness.servers.find("s").name == "Renamed"
    assert "old" not in harness.files


async def test_what_is_removed_is_forgotten(harness: Harness) -> None:
    await harness.servers.save(server_at("https://lab.example", GATE, Header("X-Team", "red")))
    await harness.servers.save(replace(harness.servers.find("s"), headers=(Header("X-Team"),)))
    assert [which for _, which in harness.keyring._secrets] == [header_value("X-Team")]
    removed = await harness.servers.remove("s")
    assert harness.again().servers.all() == ()
    await harness.servers.forget(removed)
    assert harness.keyring._secrets == {}
    assert "X-Team" not in harness.files


@pytest.mark.parametrize("is_forgotten", [False, True])
async def test_a_server_that_is_removed_while_its_values_are_stored_stays_removed_without_them(
    tmp_path: Path, *, is_forgotten: bool
) -> None:
    keyring = UnlockingKeyring()
    harness = Harness(tmp_path, keyring)
    await harness.servers.save(server_at("https://lab.example"))
    saving = asyncio.create_task(harness.servers.save(server_at("https://lab.example", GATE)))
    storing = asyncio.create_task(harness.servers.set_key(harness.servers.find("s"), "sk-one"))
    await keyring.asked.wait()
    removed = await harness.servers.remove("s")
    if is_forgotten:
        await harness.servers.forget(removed)
    keyring.opened.set()
    await asyncio.gather(saving, storing)
    assert harness.servers.find("s") is None
    assert len(keyring._secrets) == 2
    await harness.servers.close()
    assert keyring._secrets == {}
    assert harness.again().servers.all() == ()
    assert GATE.name not in harness.files


async def test_a_removed_server_comes_back_with_what_was_being_stored_for_it(tmp_path: Path) -> None:
    keyring = UnlockingKeyring()
    harness = Harness(tmp_path, keyring)
    await harness.servers.save(server_at("https://lab.example"))
    storing = asyncio.create_task(harness.servers.set_key(harness.servers.find("s"), "sk-one"))
    await keyring.asked.wait()
    removed = await harness.servers.remove("s")
    keyring.opened.set()
    await storing
    await harness.servers.save(removed)
    await harness.servers.close()
    assert (await harness.again().servers.key(removed)).reveal() == "sk-one"


async def test_a_program_that_was_killed_after_a_removal_forgets_values_too(harness: Harness) -> None:
    await harness.servers.save(server_at("https://lab.example", GATE))
    await harness.servers.remove("s")
    again = harness.again()
    await again.servers.forget_removed()
    assert harness.keyring._secrets == {}
    assert GATE.name not in again.files


@pytest.mark.usefixtures("caplog")  # it warns
@pytest.mark.parametrize("keyring", [LockedKeyring, FailingKeyring])
async def test_what_a_keyring_would_not_forget_is_reported_and_forgotten_at_a_later_start(
    harness: Harness, keyring: type[NoKeyring]
) -> None:
    await harness.servers.save(server_at("https://lab.example", GATE))
    await harness.servers.set_key(harness.servers.find("s"), "sk-1")
    shut = harness.again(keyring())
    with pytest.raises(KeyringError):
        await shut.servers.forget_key(shut.servers.find("s"))
    assert shut.servers.find("s").key_saved
    removed = await shut.servers.remove("s")
    with pytest.raises(KeyringError):
        await shut.servers.forget(removed)
    opened = shut.again(harness.keyring)
    await opened.servers.forget_removed()
    assert harness.keyring._secrets == {}
    assert GATE.name not in opened.files


async def test_a_value_the_keyring_has_no_room_for_is_refused_and_nothing_is_saved(tmp_path: Path) -> None:
    harness = Harness(tmp_path, SmallKeyring(Redactor()))
    with pytest.raises(KeyInvalid):
        await harness.servers.save(server_at("https://lab.example", Header("X-Long", "v" * 41)))
    assert harness.servers.all() == ()
    with pytest.raises(KeyInvalid):  # and so is a key: it is not kept for this run instead
        await harness.servers.set_key(server_at("https://lab.example"), "k" * 2000)
    assert await harness.servers.key(server_at("https://lab.example")) is None


@pytest.mark.parametrize("refused", ["no\nline break", "v" * 41])
@pytest.mark.parametrize("by", ["a header", "the proxy"])
async def test_what_is_refused_leaves_what_was_kept_before(tmp_path: Path, refused: str, by: str) -> None:
    harness = Harness(tmp_path, SmallKeyring(Redactor()))
    saved = server_at("https://lab.example", GATE)
    await harness.servers.save(saved)
    others = (Header("X-Last", refused),) if by == "a header" else ()
    connection = through("http://127.0.0.1:9", "anna", refused if by == "the proxy" else "s3cret")
    with pytest.raises(KeyInvalid):
        await harness.servers.save(
            server_at("https://other.example", replace(GATE, value="new"), *others, **connection)
        )
    assert [which for _, which in harness.keyring._secrets] == [header_value(GATE.name)]
    assert (await harness.servers.with_secrets(harness.servers.find("s"))).headers == saved.headers


@pytest.mark.usefixtures("caplog")  # it warns
async def test_a_value_of_an_earlier_version_the_keyring_has_no_room_for_stays_where_it_is(tmp_path: Path) -> None:
    class Small(SmallKeyring):
        longest = 10

    old_file(tmp_path, "https://lab.example")
    harness = Harness(tmp_path, Small(Redactor()))
    await harness.servers.move_headers()
    assert CANARY in harness.files
    assert (await harness.servers.with_secrets(harness.servers.find("s"))).headers[0].value == CANARY


@pytest.mark.parametrize(
    ("name", "may_go"), [("Authorization", False), ("X-Api-Key", False), ("Cookie", False), ("X-Team", True)]
)
async def test_a_header_that_works_like_a_key_goes_unencrypted_only_where_a_key_may(
    harness: Harness, name: str, *, may_go: bool
) -> None:
    server = server_at("http://lab.example.invalid", Header(name, CANARY))
    async with harness.connections() as connections:
        if may_go:
            with pytest.raises(Exception, match="ServerUnreachable"):
                await connections.test(server)
        else:
            with pytest.raises(KeyExposed):
                await connections.test(server)


def through(address: str, user: str = "", password: str | None = None) -> dict[str, object]:
    return {
        "proxy": ProxyChoice.ADDRESS,
        "proxy_address": address,
        "proxy_user": user,
        "proxy_password": password,
    }


async def test_the_password_of_a_proxy_is_sent_to_it_and_is_in_no_file(harness: Harness) -> None:
    async with ScriptedServer(models) as proxy:
        server = server_at("http://chat.example.invalid", **through(proxy.url, "änn:a", "CANARY p@ss/#:wörd"))
        await harness.servers.save(server)
        assert "CANARY" not in harness.files
        assert "CANARY" not in repr(server)
        assert await harness.servers.proxy_password_location(harness.servers.find("s")) is SecretLocation.KEYRING
        again = harness.again()
        await again.ask(again.servers.find("s"))
        sent = proxy.requests[0].headers["proxy-authorization"].removeprefix("Basic ")
    assert base64.b64decode(sent).decode() == "änn:a:CANARY p@ss/#:wörd"


async def test_a_login_pasted_with_the_address_of_a_proxy_is_taken_out_of_it(harness: Harness) -> None:
    pasted = server_at("https://chat.example", **through("http://anna:s%40cret@proxy.example:3128"))
    server = harness.servers.normalised(pasted)
    assert server.connection == ConnectionOptions(**through("http://proxy.example:3128", "anna", "s@cret"))
    await harness.servers.save(server)
    assert "cret" not in harness.files
    with pytest.raises(ProxyUnusable) as caught:
        harness.servers.normalised(server_at("https://chat.example", **through("http://anna:s3cret@")))
    assert "s3cret" not in str(caught.value)


async def test_a_password_is_bound_to_its_proxy_and_forgotten_with_its_name(harness: Harness) -> None:
    async with ScriptedServer(lambda _: [reply("who?", 407)]) as other:
        server = server_at("http://chat.example.invalid", **through("http://127.0.0.1:9", "anna", "s3cret"))
        await harness.servers.save(server)
        moved = replace(server, connection=ConnectionOptions(**through(other.url, "anna")))
        await harness.servers.save(moved)
        with pytest.raises(ProxyLoginRefused):
            await harness.ask(harness.servers.find("s"))
        assert base64.b64encode(b"anna:s3cret").decode() not in str(other.requests)
    await harness.servers.save(replace(moved, connection=ConnectionOptions(**through("http://127.0.0.1:9"))))
    assert harness.keyring._secrets == {}


async def test_a_keyring_that_cannot_be_had_leaves_it_to_the_proxy_to_say_what_it_misses(tmp_path: Path) -> None:
    harness = Harness(tmp_path, NoKeyring())
    server = server_at("https://chat.example", **through("http://127.0.0.1:9", "anna"))
    assert (await harness.servers.with_secrets(server)).connection.proxy_password is None
    assert issubclass(NoKeyring.failure, KeyringUnavailable)
