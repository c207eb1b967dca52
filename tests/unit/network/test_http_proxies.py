"""Proxies: which servers are reached past them, and what is said when one does not let us through."""

import pytest

from chatdesk.kernel.errors.base import ProxyFailed, ProxyLoginRefused, ServerUnreachable
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from tests.fakes.http_questions import CANARY, always, get, to
from tests.fakes.scripted_server import reply


@pytest.fixture
def proxied(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


async def test_a_server_on_this_machine_is_reached_past_the_system_s_proxy(
    http: HttpClient, proxied: pytest.MonkeyPatch, unused_port: int
):
    proxied.setenv("http_proxy", f"http://127.0.0.1:{unused_port}")
    async with always(reply({})) as server:
        assert (await get(http, to(server))).status == 200


async def test_a_server_elsewhere_is_reached_through_the_proxy_unless_a_person_chose_otherwise(
    proxied: pytest.MonkeyPatch,
):
    wanted = True
    async with always(reply({})) as proxy, HttpClient(lambda: wanted) as client:
        proxied.setenv("http_proxy", proxy.url)
        endpoint = make_endpoint("Test", "http://chat.example.invalid", None)
        assert (await get(client, endpoint)).status == 200
        assert proxy.requests[0].path == "http://chat.example.invalid/x"
        wanted = False
        with pytest.raises(ServerUnreachable):
            await get(client, endpoint)
    assert len(proxy.requests) == 1


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_proxy_that_wants_a_password_is_distinguished(
    http: HttpClient, proxied: pytest.MonkeyPatch, scheme: str
):
    async with always(reply("Proxy Authentication Required", status=407)) as proxy:
        proxied.setenv(f"{scheme}_proxy", proxy.url)
        with pytest.raises(ProxyLoginRefused) as caught:
            await get(http, make_endpoint("Test", f"{scheme}://chat.example.invalid", CANARY))
    assert "407" in caught.value.reason
    assert isinstance(caught.value, ProxyLoginRefused)
    if scheme == "https":
        assert all("authorization" not in request.headers for request in proxy.requests)


async def test_a_proxy_that_is_not_there_is_distinguished(
    http: HttpClient, proxied: pytest.MonkeyPatch, unused_port: int
):
    proxied.setenv("http_proxy", f"127.0.0.1:{unused_port}")
    with pytest.raises(ProxyFailed):
        await get(http, make_endpoint("Test", "http://chat.example.invalid", None))


@pytest.mark.parametrize(
    "proxy",
    [
        "gopher://127.0.0.1:9",
        "socks4://127.0.0.1:9",
        "socks5://127.0.0.1:9",
        "http://proxy:notaport",
        "http://anna:s3#cret@127.0.0.1:9",
        "http://127.0.0.1:99999",
        "socks5://anna:s3cret@[::1",
        "http://",
    ],
)
async def test_a_proxy_of_a_kind_we_cannot_use_is_distinguished(
    http: HttpClient, proxied: pytest.MonkeyPatch, proxy: str
):
    proxied.setenv("all_proxy", proxy)
    with pytest.raises(ProxyFailed) as caught:
        await get(http, make_endpoint("Test", "http://chat.example.invalid", None))
    assert "s3" not in str(caught.value)
