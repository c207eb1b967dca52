import pytest

from chatdesk.network.proxies import system_proxy

VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)


def test_without_a_proxy_requests_go_directly():
    assert system_proxy("https://api.example/v1") is None


def test_the_proxy_of_the_address_s_scheme_is_taken(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    assert system_proxy("https://api.example/v1") == "http://proxy.example:3128"
    assert system_proxy("http://api.example/v1") is None


def test_a_proxy_for_everything_is_taken_where_there_is_none_for_the_scheme(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("all_proxy", "socks5://proxy.example:1080")
    assert system_proxy("https://api.example/v1") == "socks5://proxy.example:1080"


def test_a_proxy_written_without_a_scheme_is_an_http_proxy(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("https_proxy", "127.0.0.1:7890")
    assert system_proxy("https://api.example/v1") == "http://127.0.0.1:7890"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:11434",
        "http://localhost:1234/v1",
        "http://[::1]:8000",
        "https://192.168.1.5",
        "http://nas:8000",
    ],
)
def test_a_local_server_is_always_reached_directly(monkeypatch: pytest.MonkeyPatch, address: str):
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    assert system_proxy(address) is None


def test_hosts_that_the_system_excepts_are_reached_directly(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "other.example,.inner.example")
    assert system_proxy("https://api.inner.example/v1") is None
    assert system_proxy("https://api.outer.example/v1") == "http://proxy.example:3128"
