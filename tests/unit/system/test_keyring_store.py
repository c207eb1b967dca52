"""The system's keyring is used only through backends we trust, never waited for on the loop, and checked after every write."""

import asyncio
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import keyring
import pytest

from chatdesk.kernel.errors.keyring_errors import KeyInvalid, KeyringFailed, KeyringLocked, KeyringUnavailable
from chatdesk.kernel.redaction import MASK, Redactor
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.system.key_store import Key
from chatdesk.system.keyring_store import KeyringStore
from tests.own_time import TIMEOUT, longest_turn

SERVER = ServerConfig("server-1", "DeepSeek", "deepseek", ServerProtocol.OPENAI, "https://api.deepseek.com/v1")
KEY = Key("sk-abc-123456")


class MemoryKeyring:
    """What a backend class of the package `keyring` looks like from outside."""

    priority = 1.0
    entries: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


class PreferredKeyring(MemoryKeyring):
    priority = 5.0
    entries: ClassVar[dict[tuple[str, str], str]] = {}


class Refusal:
    """A priority that cannot be determined: how a backend says that it does not work here."""

    def __get__(self, instance: object, owner: type) -> float:
        if owner.available:
            return 1.0
        raise RuntimeError("the daemon is not running")


class AbsentKeyring(MemoryKeyring):
    available = False
    priority = Refusal()


class ForgetfulKeyring(MemoryKeyring):
    """As keyring.backends.null: takes every key and keeps none."""

    def set_password(self, _service: str, _username: str, _password: str) -> None:
        pass


class LockedKeyring(MemoryKeyring):
    def get_password(self, _service: str, _username: str) -> str | None:
        class PromptDismissedException(Exception):
            pass

        raise OSError("Failed to open") from PromptDismissedException()


class LeakyKeyring(MemoryKeyring):
    def set_password(self, _service: str, _username: str, password: str) -> None:
        raise OSError(f"cannot store {password}")


class HangingKeyring(MemoryKeyring):
    let_go = threading.Event()

    def get_password(self, _service: str, _username: str) -> str | None:
        self.let_go.wait()
        return None


@pytest.fixture(autouse=True)
def _empty_keyrings() -> Iterator[None]:
    yield
    MemoryKeyring.entries.clear()
    PreferredKeyring.entries.clear()


def store_of(*backends: type, **options: object) -> KeyringStore:
    return KeyringStore(Redactor(), [f"{__name__}.{backend.__name__}" for backend in backends], **options)  # type: ignore[arg-type]


async def test_a_saved_key_is_there_in_the_next_run() -> None:
    await store_of(MemoryKeyring).save(SERVER, KEY)
    assert await store_of(MemoryKeyring).load(SERVER) == KEY


async def test_a_server_without_a_key_has_none() -> None:
    assert await store_of(MemoryKeyring).load(SERVER) is None


async def test_a_key_is_given_only_to_its_server_at_its_address() -> None:
    store = store_of(MemoryKeyring)
    await store.save(SERVER, KEY)
    assert await store.load(replace(SERVER, base_url="https://evil.example/v1")) is None
    assert await store.load(replace(SERVER, id="server-2")) is None
    assert await store.load(replace(SERVER, name="renamed", base_url="https://api.deepseek.com/beta")) == KEY


async def test_saving_again_replaces_the_key_and_leaves_one_entry() -> None:
    store = store_of(MemoryKeyring)
    await store.save(SERVER, KEY)
    moved = replace(SERVER, base_url="https://elsewhere.example")
    await store.save(moved, Key("sk-other"))
    assert await store.load(moved) == Key("sk-other")
    assert await store.load(SERVER) is None
    assert len(MemoryKeyring.entries) == 1


async def test_deleting_leaves_nothing_whatever_the_address() -> None:
    store = store_of(MemoryKeyring)
    await store.save(SERVER, KEY)
    await store.delete(replace(SERVER, base_url="https://elsewhere.example"))
    assert not MemoryKeyring.entries
    await store.delete(SERVER)


async def test_a_key_changed_by_another_program_is_seen_at_once() -> None:
    store = store_of(MemoryKeyring)
    await store.save(SERVER, KEY)
    MemoryKeyring.entries.clear()
    assert await store.load(SERVER) is None


@pytest.mark.parametrize(
    "foreign", ["sk-plain", "[]", "{}", '{"origin": 1}', '{"origin": "https://api.deepseek.com:443", "key": 5}']
)
async def test_an_entry_that_is_not_ours_is_no_key(foreign: str) -> None:
    store = store_of(MemoryKeyring)
    await store.save(SERVER, KEY)
    (name,) = MemoryKeyring.entries
    MemoryKeyring.entries[name] = foreign
    assert await store.load(SERVER) is None


async def test_the_best_backend_that_works_is_used() -> None:
    await store_of(MemoryKeyring, AbsentKeyring, PreferredKeyring).save(SERVER, KEY)
    assert PreferredKeyring.entries
    assert not MemoryKeyring.entries


async def test_without_a_working_backend_it_says_what_each_one_said() -> None:
    store = store_of(AbsentKeyring)
    with pytest.raises(KeyringUnavailable) as raised:
        await store.check()
    assert "the daemon is not running" in raised.value.reason
    with pytest.raises(KeyringUnavailable) as raised:
        await KeyringStore(Redactor(), ["no_such_package.Keyring"]).check()
    assert "no_such_package" in raised.value.reason
    with pytest.raises(KeyringUnavailable):
        await KeyringStore(Redactor(), []).check()


async def test_a_keyring_that_comes_later_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_of(AbsentKeyring)
    with pytest.raises(KeyringUnavailable):
        await store.check()
    monkeypatch.setattr(AbsentKeyring, "available", True)
    await store.check()


async def test_a_backend_that_forgets_is_found_out() -> None:
    with pytest.raises(KeyringFailed) as raised:
        await store_of(ForgetfulKeyring).save(SERVER, KEY)
    assert "did not keep" in raised.value.reason


async def test_a_dismissed_prompt_means_locked() -> None:
    with pytest.raises(KeyringLocked):
        await store_of(LockedKeyring).load(SERVER)


async def test_an_error_that_quotes_the_key_is_cleaned() -> None:
    with pytest.raises(KeyringFailed) as raised:
        await store_of(LeakyKeyring).save(SERVER, KEY)
    assert KEY.reveal() not in raised.value.reason
    assert MASK in raised.value.reason


async def test_a_keyring_that_hangs_blocks_nobody() -> None:
    HangingKeyring.let_go.clear()
    store = store_of(HangingKeyring, timeout=0.3)
    async with longest_turn() as longest:
        with pytest.raises(KeyringFailed):
            await store.load(SERVER)
    assert longest() < 0.1
    HangingKeyring.let_go.set()
    await asyncio.to_thread(lambda: [thread.join() for thread in threading.enumerate() if thread.name == "keyring"])


class SlowKeyring(MemoryKeyring):
    """One that writes, and deletes, only when it is let go: a person unlocks it after everybody has given up."""

    let_go = threading.Event()
    waits_before: ClassVar[bool] = False
    entries: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        if self.waits_before:
            self.let_go.wait(TIMEOUT)
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.let_go.wait(TIMEOUT)
        super().set_password(service, username, password)


def keys_in(backend: type[MemoryKeyring]) -> list[str]:
    return [json.loads(entry)["key"] for entry in backend.entries.values()]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[SlowKeyring]]:
    SlowKeyring.entries.clear()
    SlowKeyring.let_go.set()
    yield SlowKeyring
    SlowKeyring.let_go.set()


async def all_done() -> None:
    threads = [thread for thread in threading.enumerate() if thread.name == "keyring"]
    await asyncio.to_thread(lambda: [thread.join() for thread in threads])
    await asyncio.sleep(0)


@pytest.mark.parametrize("waits_before", [True, False], ids=["while it was unlocked", "while it wrote"])
@pytest.mark.parametrize("earlier", [(), ("sk-earlier",)], ids=["none was kept", "another was kept"])
async def test_a_key_that_could_not_be_kept_in_time_is_not_kept_later(
    slow: type[SlowKeyring], earlier: tuple[str, ...], waits_before: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in earlier:
        await store_of(slow).save(SERVER, Key(text))
    store = store_of(slow, timeout=0.05)
    slow.let_go.clear()
    monkeypatch.setattr(slow, "waits_before", waits_before)
    with pytest.raises(KeyringFailed):
        await store.save(SERVER, KEY)
    slow.let_go.set()
    await all_done()
    assert keys_in(slow) == [*earlier]


async def test_a_key_typed_again_stays_however_late_the_first_try_comes(slow: type[SlowKeyring]) -> None:
    store = store_of(slow, timeout=0.05)
    slow.let_go.clear()
    with pytest.raises(KeyringFailed):
        await store.save(SERVER, KEY)
    store._timeout = TIMEOUT
    again = asyncio.create_task(store.save(SERVER, Key("sk-again")))
    await asyncio.sleep(0.02)
    slow.let_go.set()
    await again
    assert keys_in(slow) == ["sk-again"]


async def test_a_save_that_nobody_waits_for_any_more_is_undone(slow: type[SlowKeyring]) -> None:
    store = store_of(slow)
    slow.let_go.clear()
    saving = asyncio.create_task(store.save(SERVER, KEY))
    await asyncio.sleep(0.02)
    saving.cancel()
    await asyncio.wait([saving])
    slow.let_go.set()
    await all_done()
    assert keys_in(slow) == []


async def test_a_key_too_long_for_windows_is_refused_with_the_limit_and_nothing_is_written() -> None:
    store = store_of(MemoryKeyring, max_secret_length=1280)
    with pytest.raises(KeyInvalid) as raised:
        await store.save(SERVER, Key("k" * 3000))
    assert not MemoryKeyring.entries
    limit = raised.value.limit
    assert limit is not None
    await store.save(SERVER, Key("k" * limit))
    (entry,) = MemoryKeyring.entries.values()
    assert len(entry) == 1280
    with pytest.raises(KeyInvalid):
        await store.save(SERVER, Key("k" * (limit + 1)))


async def test_a_loaded_key_is_masked_in_logs_from_then_on() -> None:
    await store_of(MemoryKeyring).save(SERVER, Key("plain-canary"))
    redactor = Redactor()
    await KeyringStore(redactor, [f"{__name__}.MemoryKeyring"]).load(SERVER)
    assert redactor("plain-canary") == MASK


async def test_an_environment_variable_or_a_file_cannot_choose_the_backend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "python_keyring").mkdir()
    (tmp_path / "python_keyring" / "keyringrc.cfg").write_text(
        f"[backend]\ndefault-keyring=keyring.backends.null.Keyring\nkeyring-path={tmp_path}\n"
    )
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    keyring.set_password("Chatdesk", "api-key", "lost")
    assert keyring.get_password("Chatdesk", "api-key") is None, "the package itself forgets every key now"
    store = store_of(MemoryKeyring)
    await store.save(SERVER, KEY)
    assert await store.load(SERVER) == KEY
    assert json.loads(next(iter(MemoryKeyring.entries.values())))["key"] == KEY.reveal()
