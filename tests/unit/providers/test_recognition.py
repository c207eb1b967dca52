"""A person types an address and sees what is there: real servers by recordings, others by documents, wrappers in spite of their lies."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

import pytest

from chatdesk.kernel.errors.base import (
    AddressInvalid,
    NotAChatServer,
    RedirectRefused,
    ServerTimedOut,
    ServerUnreachable,
)
from chatdesk.kernel.servers.recognized import Recognised
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import Timeouts
from chatdesk.providers import recognition
from chatdesk.providers.recognition import identify_behind_key, recognise, recognise_host
from tests.fakes.scripted_models import ScriptedModel, scripted_ollama, scripted_openai
from tests.fakes.scripted_server import Hang, Request, ScriptedServer, Step, reply
from tests.unit.providers.recordings import recording
from tests.unit.providers.vendor_harness import VENDORS

ALL = tuple(VENDORS.values())
NOTHING = reply({"error": {"message": "File Not Found", "type": "not_found_error", "code": 404}}, 404)


def serving(pages: Mapping[str, object], otherwise: bytes = NOTHING) -> ScriptedServer:
    """Return a server with these replies by path: bytes as they are, anything else as JSON."""

    def script(request: Request) -> list[Step]:
        page = pages.get(request.path, otherwise)
        return [page if isinstance(page, bytes) else reply(page)]

    return ScriptedServer(script)


def recorded(server: str, *numbers: str) -> dict[str, bytes]:
    """Return what a real server answered, by path."""
    found = [recording(server, number) for number in numbers]
    return {page.path: reply(page.body, page.status, page.headers.get("content-type", "")) for page in found}


def listing(owner: str, *ids: str) -> dict:
    return {"object": "list", "data": [{"id": model_id, "object": "model", "owned_by": owner} for model_id in ids]}


async def at(server: ScriptedServer, http: HttpClient, path: str = "") -> Recognised:
    async with server:
        (found,) = await recognise(server.url + path, ALL, http)
        assert all("authorization" not in request.headers for request in server.requests)
        return replace(found, base_url=found.base_url.removeprefix(server.url))


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/", "/v1/chat/completions", "/api/tags"])
async def test_a_real_llama_cpp_is_recognised_however_its_address_is_pasted(http: HttpClient, path: str):
    server = serving(recorded("llama.cpp", "01", "03", "05", "06", "07"))
    assert await at(server, http, path) == Recognised("llama-cpp", "/v1", "b0-unknown", 1)


async def test_a_llama_cpp_that_wants_a_key_says_who_it_is_and_that(http: HttpClient):
    refusal = recording("llama.cpp", "54")
    closed = reply(refusal.body, refusal.status, headers={"Server": "llama.cpp"})
    assert await at(serving({}, closed), http) == Recognised("llama-cpp", "/v1", needs_key=True)


def keyed_llama_cpp(*public: str) -> ScriptedServer:
    """A llama.cpp with a key, of which these paths are for everybody."""
    named = {"Server": "llama.cpp"}
    refusal, models = recording("llama.cpp", "54"), listing("llamacpp", "m.gguf")
    shown = {
        "/": reply("A page", content_type="text/html", headers=named),
        "/v1/models": reply(models, headers=named),
    }
    return serving({path: shown[path] for path in public}, reply(refusal.body, refusal.status, headers=named))


@pytest.mark.parametrize(
    ("public", "refused", "count"),
    [((), ["/", "/v1/models"], None), (("/",), ["/v1/models"], None), (("/", "/v1/models"), ["/props"], 1)],
    ids=["nothing is public", "its page", "its page and its list"],
)
async def test_a_llama_cpp_that_wants_a_key_is_asked_no_more_than_tells_that(
    http: HttpClient, public: tuple[str, ...], refused: list[str], count: int | None
):
    server = keyed_llama_cpp(*public)
    assert await at(server, http) == Recognised("llama-cpp", "/v1", model_count=count, needs_key=True)
    assert [request.path for request in server.requests if request.path not in public] == refused


async def test_a_real_ollama_is_recognised(http: HttpClient):
    server = serving(recorded("ollama", "01", "02", "03", "07", "08"), reply("404 page not found", 404, "text/plain"))
    found = await at(server, http)
    assert (found.vendor_id, found.base_url, found.version) == ("ollama", "", "0.32.15")
    assert found.model_count == len(recording("ollama", "03").body.split(b'"digest"')) - 1


@pytest.mark.parametrize("path", ["", "/api/chat", "/v1"])
async def test_the_ollama_of_our_other_tests_is_one(http: HttpClient, path: str):
    models = (ScriptedModel(), ScriptedModel("second:2b"))
    assert await at(scripted_ollama(models=models), http, path) == Recognised("ollama", "", "0.32.15", 2)


IMITATION = {"/api/version": {"version": "0.6.1"}, "/api/tags": {"models": [{"name": "gpt-6", "model": "gpt-6"}]}}


async def test_a_wrapper_that_imitates_ollama_is_taken_for_what_it_can_do(http: HttpClient):
    wrapper = serving(
        {
            "/": reply("Ollama is running", content_type="text/plain"),
            **IMITATION,
            "/v1/models": listing("openai", "gpt-6"),
        }
    )
    assert await at(wrapper, http) == Recognised("custom", "/v1", model_count=1)


async def test_a_wrapper_that_can_do_nothing_else_is_no_chat_server(http: HttpClient):
    with pytest.raises(NotAChatServer):
        await at(serving({"/": reply("Ollama is running", content_type="text/plain"), **IMITATION}), http)


async def test_llama_cpp_s_list_that_looks_like_ollama_s_fools_nobody(http: HttpClient):
    imitating = IMITATION | {"/api/ps": {"models": []}} | recorded("llama.cpp", "01", "03")
    assert (await at(serving(imitating), http)).vendor_id == "llama-cpp"


LM_STUDIO = {
    "models": [
        {"type": "llm", "key": "deepseek-r1-7b", "display_name": "R1", "loaded_instances": []},
        {"type": "llm", "key": "qwen3-8b", "display_name": "Qwen", "loaded_instances": [{"id": "qwen3-8b"}]},
        {"type": "embedding", "key": "nomic", "display_name": "Nomic", "loaded_instances": []},
    ]
}
OLDER_LM_STUDIO = {
    "data": [{"id": "a", "type": "llm", "state": "loaded"}, {"id": "e", "type": "embeddings", "state": "not-loaded"}]
}
UNEXPECTED = reply({"error": "Unexpected endpoint or method. (GET /x). Returning 200 anyway"})


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        (
            {"/api/v1/models": LM_STUDIO, "/v1/models": listing("organization_owner", "a")},
            Recognised("lm-studio", "/v1", model_count=2),
        ),
        ({"/api/v0/models": OLDER_LM_STUDIO}, Recognised("lm-studio", "/v1", model_count=1)),
        ({"/v1/models": listing("vllm", "m")}, Recognised("vllm", "/v1", model_count=1)),
        ({"/v1/models": listing("sglang", "m")}, Recognised("sglang", "/v1", model_count=1)),
        ({"/v1/models": listing("lmdeploy", "m")}, Recognised("lmdeploy", "/v1", model_count=1)),
        ({"/v1/models": listing("xinference", "m")}, Recognised("xinference", "/v1", model_count=1)),
        ({"/v1/models": listing("library", "m")}, Recognised("ollama-v1", "/v1", model_count=1)),
        ({"/v1/models": listing("somebody", "m", "text-embedding-3")}, Recognised("custom", "/v1", model_count=1)),
        ({"/v1/models": listing("vllm")}, Recognised("custom", "/v1", model_count=0)),
        ({"/models": [{"id": "m"}]}, Recognised("custom", "", model_count=1)),
        ({"/v1/models": reply({"error": "no key"}, 401)}, Recognised("custom", "/v1", needs_key=True)),
        ({"/v1/models": reply("Forbidden", 403)}, Recognised("custom", "/v1", needs_key=True)),
    ],
    ids=lambda value: value.vendor_id if isinstance(value, Recognised) else "",
)
async def test_other_servers_are_recognised_by_what_only_they_say(http: HttpClient, pages: dict, found: Recognised):
    assert await at(serving(pages, UNEXPECTED), http) == found


XINFERENCE = {"/v1/cluster/auth": {"auth": True}}


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        (
            XINFERENCE | {"/v1/models": reply({"detail": "Not authenticated"}, 401)},
            Recognised("xinference", "/v1", needs_key=True),
        ),
        (
            {"/v1/cluster/auth": {"auth": False}, "/v1/models": listing("")},
            Recognised("xinference", "/v1", model_count=0),
        ),
        (XINFERENCE | {"/v1/models": listing("vllm", "m")}, Recognised("vllm", "/v1", model_count=1)),
        (
            {"/v1/cluster/auth": {"auth": "no"}, "/v1/models": reply("Forbidden", 403)},
            Recognised("custom", "/v1", needs_key=True),
        ),
        (
            {"/v1/cluster/auth": {"auth": True, "error": "not here"}, "/v1/models": reply("Forbidden", 403)},
            Recognised("custom", "/v1", needs_key=True),
        ),
    ],
    ids=["log-in", "no model", "an owner is told", "no yes or no", "says more"],
)
async def test_xinference_with_its_log_in_is_known_by_what_its_own_page_asks(
    http: HttpClient, pages: dict, found: Recognised
):
    """Everything else is refused there as anywhere."""
    assert await at(serving(pages, reply({"detail": "Not authenticated"}, 401)), http) == found


async def test_what_is_behind_a_proxy_is_recognised_once_its_key_is_known(http: HttpClient):
    pages = recorded("ollama", "01", "02", "03", "07", "08")

    def script(request: Request) -> list[Step]:
        if request.headers.get("authorization") != "Bearer sk-gate":
            return [reply("Unauthorized", 401, "text/plain")]
        return [pages.get(request.path, NOTHING)]

    async with ScriptedServer(script) as server:
        (found,) = await recognise(server.url, ALL, http)
        assert (found.vendor_id, found.needs_key) == ("custom", True)
        custom = ServerConfig("gate", "Gate", "custom", ServerProtocol.OPENAI, found.base_url)
        behind = await identify_behind_key(custom, "sk-gate", http)
    assert (behind.vendor_id, behind.base_url, behind.needs_key) == ("ollama", server.url, True)


async def test_a_list_that_fails_without_a_key_is_a_list_all_the_same(http: HttpClient):
    lite_llm = {
        "/": reply("<html>", content_type="text/html"),
        "/v1/models": reply("Internal Server Error", 500, "text/plain"),
    }
    assert await at(serving(lite_llm), http) == Recognised("custom", "/v1", needs_key=True)
    with pytest.raises(NotAChatServer):
        await at(serving({}, reply("Internal Server Error", 500, "text/plain")), http)


async def test_a_server_behind_a_path_keeps_its_path(http: HttpClient):
    server = serving({"/lab/v1/models": listing("vllm", "m")})
    assert await at(server, http, "/lab/v1") == Recognised("vllm", "/lab/v1", model_count=1)


@pytest.mark.parametrize(
    "page", [b"<html>", b"[]", b'{"data": 3}', b'{"models": "x"}', b"\xff\x00", b"[" * 100_000, b"null"]
)
async def test_what_makes_no_sense_is_no_chat_server(http: HttpClient, page: bytes):
    server = serving({}, reply(page, content_type="text/html"))
    if page == b"[]":
        assert (await at(server, http)).model_count == 0
    else:
        with pytest.raises(NotAChatServer):
            await at(server, http)


async def test_nobody_there_is_reported_as_such(http: HttpClient, unused_port: int):
    with pytest.raises(ServerUnreachable):
        await recognise(f"127.0.0.1:{unused_port}", ALL, http)


@pytest.mark.parametrize("address", ["", "   ", "ftp://host", "https://key@host", "http://host:99999", "/home/x.txt"])
async def test_what_is_no_address_is_reported_before_anybody_is_asked(http: HttpClient, address: str):
    with pytest.raises(AddressInvalid):
        await recognise(address, ALL, http)


async def test_a_server_that_has_moved_says_where_to(http: HttpClient):
    moved = reply("", 301, headers={"Location": "https://elsewhere.example/"})
    with pytest.raises(RedirectRefused):
        await at(serving({}, moved), http)


async def test_a_server_that_keeps_silent_is_given_up(http: HttpClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(recognition, "PROBE", Timeouts(connect=0.2, first_event=0.2))
    with pytest.raises(ServerTimedOut):
        await at(ScriptedServer(lambda _: [Hang()]), http)


async def test_a_server_that_keeps_silent_on_one_question_is_still_recognised(
    http: HttpClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(recognition, "PROBE", Timeouts(connect=0.3, first_event=0.7))

    def script(request: Request) -> list[Step]:
        return (
            [reply(listing("vllm", "m"))]
            if request.path == "/v1/models"
            else [Hang()]
            if "api" in request.path
            else [NOTHING]
        )

    assert (await at(ScriptedServer(script), http)).vendor_id == "vllm"


async def test_cancelling_hangs_up(http: HttpClient):
    async with ScriptedServer(lambda _: [Hang()]) as server:
        asking = asyncio.ensure_future(recognise(server.url, ALL, http))
        await server.until(lambda: server.requests)
        asking.cancel()
        await server.until(lambda: len(server.disconnects) == len(server.requests))


async def test_without_a_port_a_machine_s_usual_ports_are_tried_and_everything_is_reported(
    http: HttpClient, monkeypatch: pytest.MonkeyPatch
):
    async with scripted_openai() as one, serving({"/v1/models": listing("vllm", "m")}) as other:
        local = [
            replace(VENDORS[vendor_id], base_url=f"http://127.0.0.1:{server.port}/v1")
            for vendor_id, server in (("lm-studio", one), ("vllm", other))
        ]
        monkeypatch.setattr(recognition, "_ADDITIONAL_PORTS", ())
        found = await recognise("127.0.0.1", local, http)
    assert {(server.vendor_id, server.base_url) for server in found} >= {
        ("custom", f"{one.url}/v1"),
        ("vllm", f"{other.url}/v1"),
    }


async def test_a_host_that_has_no_tls_is_found_without_it_if_nobody_said_which(
    http: HttpClient, monkeypatch: pytest.MonkeyPatch
):
    looked_at = []

    async def look(root: str, _http: HttpClient) -> Recognised:
        looked_at.append(root)
        if root.startswith("https:"):
            raise ServerUnreachable(root, root, "wrong version number")
        return Recognised("vllm", f"{root}/v1")

    monkeypatch.setattr(recognition, "identify_at", look)
    assert await recognise("gpu.lab.example:8000", ALL, http) == (Recognised("vllm", "http://gpu.lab.example:8000/v1"),)
    assert looked_at == ["https://gpu.lab.example:8000", "http://gpu.lab.example:8000"]
    looked_at.clear()
    with pytest.raises(ServerUnreachable):
        await recognise("https://gpu.lab.example:8000", ALL, http)
    assert looked_at == ["https://gpu.lab.example:8000"]


async def test_a_host_that_answers_with_tls_and_without_is_one_server(
    http: HttpClient, monkeypatch: pytest.MonkeyPatch
):
    async def look(root: str, _http: HttpClient) -> Recognised:
        return Recognised("vllm", f"{root}/v1")

    monkeypatch.setattr(recognition, "identify_at", look)
    assert await recognise("gpu.lab.example", ALL, http) == (Recognised("vllm", "https://gpu.lab.example/v1"),)


@pytest.mark.parametrize(
    ("typed", "vendor", "address"),
    [
        ("api.openai.com", "openai", "https://api.openai.com/v1"),
        ("https://api.deepseek.com/v1/chat/completions", "deepseek", "https://api.deepseek.com"),
        ("openrouter.ai", "openrouter", "https://openrouter.ai/api/v1"),
        ("https://dashscope-intl.aliyuncs.com", "dashscope", "https://dashscope-intl.aliyuncs.com/compatible-mode/v1"),
        ("w1.cn-beijing.maas.aliyuncs.com", "dashscope", "https://w1.cn-beijing.maas.aliyuncs.com/compatible-mode/v1"),
        ("api.moonshot.ai/v1", "moonshot", "https://api.moonshot.ai/v1"),
        ("https://api.siliconflow.com", "siliconflow", "https://api.siliconflow.com/v1"),
        ("generativelanguage.googleapis.com", "gemini", "https://generativelanguage.googleapis.com/v1beta/openai"),
        ("http://api.groq.com/openai/v1", "groq", "https://api.groq.com/openai/v1"),
    ],
)
async def test_a_vendor_s_own_host_is_known_without_asking(http: HttpClient, typed: str, vendor: str, address: str):
    assert await recognise(typed, ALL, http) == (Recognised(vendor, address, needs_key=True, was_asked=False),)


async def test_an_address_copied_from_azure_says_which_deployment_and_which_version(http: HttpClient):
    typed = "https://lab.openai.azure.com/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21"
    (found,) = await recognise(typed, ALL, http)
    azure = VENDORS["azure"]
    server = found.applied_to(ServerConfig("s", "A", "azure", ServerProtocol.OPENAI, ""), azure)
    assert (server.base_url, server.model_ids, server.api_version) == (
        "https://lab.openai.azure.com",
        ("my gpt",),
        "2024-10-21",
    )


@pytest.mark.parametrize(
    "host", ["api.openai.com.evil.example", "evil-api.openai.com", "openai.azure.com", "notopenrouter.ai"]
)
def test_a_host_that_only_looks_like_a_vendor_s_is_not_taken_for_it(host: str):
    assert recognise_host(f"https://{host}", ALL) is None
