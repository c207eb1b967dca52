"""Where a key may be sent."""

from dataclasses import replace

import pytest

from chatdesk.kernel.servers.server import ConnectionOptions, ProxyChoice, ServerConfig, ServerProtocol


def at(address: str) -> ServerConfig:
    return ServerConfig("lab", "Lab", "custom", ServerProtocol.OPENAI, address)


@pytest.mark.parametrize(
    "address",
    [
        "https://llm.example",
        "http://127.0.0.1:8000/v1",
        "http://127.8.8.8",
        "http://[::1]:8000",
        "http://[::ffff:127.0.0.1]",
        "http://localhost:1234/v1",
        "http://LOCALHOST",
    ],
)
def test_nobody_reads_along_on_this_machine_or_over_https(address: str) -> None:
    assert at(address).accepts_key


@pytest.mark.parametrize(
    "address",
    [
        "http://llm.example",
        "HTTP://llm.example",
        "http://192.168.1.5",
        "http://10.0.0.1",
        "http://[fe80::1]",
        "http://[::ffff:10.0.0.1]",
        "http://lab",
        "http://lab.local",
        "http://localhost.example",
        "http://127.0.0.1.example",
        "http://2130706433",
    ],
)
def test_over_plain_http_another_machine_is_in_clear_however_near_it_is(address: str) -> None:
    assert not at(address).accepts_key


@pytest.mark.parametrize(
    ("address", "proxy", "is_read"),
    [
        ("http://127.0.0.1:8000", "http://proxy.example:3128", True),
        ("http://127.0.0.1:8000", "http://127.0.0.1:3128", False),
        ("https://llm.example", "http://proxy.example:3128", False),
    ],
)
def test_a_proxy_somewhere_else_reads_along_unless_all_is_encrypted(address: str, proxy: str, is_read: bool) -> None:
    through = ConnectionOptions(ProxyChoice.ADDRESS, proxy)
    assert replace(at(address), connection=through).is_unencrypted is is_read
    assert not replace(at(address), connection=replace(through, proxy=ProxyChoice.NONE)).is_unencrypted


def test_what_is_no_address_has_no_origin() -> None:
    assert at("http://lab:99999").origin == ""
