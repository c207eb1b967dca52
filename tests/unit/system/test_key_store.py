"""A key does not show itself, and goes to the one server it was given for."""

from dataclasses import replace

import pytest

from chatdesk.kernel.errors.keyring_errors import KeyInvalid
from chatdesk.kernel.redaction import MASK, Redactor
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.system.key_store import MAX_KEY_LENGTH, Key, SessionKeyStore

SERVER = ServerConfig("server-1", "DeepSeek", "deepseek", ServerProtocol.OPENAI, "https://api.deepseek.com/v1")


def test_white_space_around_a_pasted_key_is_dropped() -> None:
    assert Key(" \tsk-abc\r\n").reveal() == "sk-abc"


@pytest.mark.parametrize(
    "text", ["", "  ", "sk-a\nX-Evil: 1", "sk\r-a", "sk-\0", "two words", "sk-é", "ｓｋ-1", "sk-\x7f", "密钥"]
)
def test_a_key_no_header_may_carry_is_refused(text: str) -> None:
    with pytest.raises(KeyInvalid) as raised:
        Key(text)
    assert raised.value.limit is None


def test_a_key_longer_than_a_header_is_refused() -> None:
    assert Key("k" * MAX_KEY_LENGTH).reveal() == "k" * MAX_KEY_LENGTH
    with pytest.raises(KeyInvalid) as raised:
        Key("k" * (MAX_KEY_LENGTH + 1))
    assert raised.value.limit == MAX_KEY_LENGTH


def test_a_key_does_not_show_itself() -> None:
    key = Key("sk-canary")
    assert "canary" not in f"{key} {key!r} {[key]}"


def test_keys_are_compared_by_value() -> None:
    assert Key("sk-a") == Key(" sk-a")
    assert Key("sk-a") != Key("sk-b")
    assert len({Key("sk-a"), Key("sk-a")}) == 1


@pytest.mark.parametrize(
    ("base_url", "same"),
    [
        ("https://api.deepseek.com", True),
        ("https://API.DeepSeek.com:443/beta", True),
        ("https://api.deepseek.com.evil.example/v1", False),
        ("https://api.deepseek.com:8443/v1", False),
        ("http://api.deepseek.com/v1", False),
        ("https://api.deepseek.com@evil.example/v1", False),
        ("", False),
    ],
)
async def test_a_key_is_given_only_to_the_address_it_was_saved_for(base_url: str, same: bool) -> None:
    store = SessionKeyStore(Redactor())
    await store.save(SERVER, Key("sk-abc"))
    moved = replace(SERVER, base_url=base_url)
    assert (moved.origin == SERVER.origin) is same
    assert (await store.load(moved) == Key("sk-abc")) is same


async def test_a_renamed_server_keeps_its_key_and_another_one_does_not_get_it() -> None:
    store = SessionKeyStore(Redactor())
    await store.save(SERVER, Key("sk-abc"))
    assert await store.load(replace(SERVER, name="Other name")) == Key("sk-abc")
    assert await store.load(replace(SERVER, id="server-2")) is None


async def test_a_deleted_key_is_gone_whatever_the_address() -> None:
    store = SessionKeyStore(Redactor())
    await store.save(SERVER, Key("sk-abc"))
    await store.delete(replace(SERVER, base_url="https://elsewhere.example"))
    await store.delete(SERVER)
    assert await store.load(SERVER) is None


async def test_a_saved_key_is_masked_in_logs_from_then_on() -> None:
    redactor = Redactor()
    await SessionKeyStore(redactor).save(SERVER, Key("plain-canary"))
    assert redactor("got plain-canary back") == f"got {MASK} back"
