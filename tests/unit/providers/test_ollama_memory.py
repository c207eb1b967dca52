"""What Ollama has in its memory, how much room a model has there, and putting one out of it."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Turn
from chatdesk.kernel.errors.base import ContextTooLong, ModelNotFound, SignInNeeded
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import LOCAL
from chatdesk.providers.ollama.ollama_provider import OllamaProvider
from chatdesk.providers.server_api import ServerApi
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama
from tests.fakes.scripted_server import LAST_CHUNK, Request, ScriptedServer, Step, chunk, head, reply

REQUEST = ChatRequest("m:1b", (Turn(Role.USER, "Hi"),))
MODEL = ScriptedModel("m:1b", context_length=131072, loaded_length=4096)


def provider(http: HttpClient, url: str) -> OllamaProvider:
    return OllamaProvider("s", ServerApi(make_endpoint("Test", url, None), http, LOCAL))


async def outcome_of(asked: OllamaProvider, request: ChatRequest = REQUEST) -> GrowingAnswer:
    answer = GrowingAnswer()
    async for happened in asked.chat(request):
        answer.apply(happened)
    return answer


def chat_bodies(server: ScriptedServer) -> list[dict]:
    return [request.json() for request in server.requests if request.path == "/api/chat"]


async def test_what_is_in_memory_is_reported_with_its_room_and_its_end(http: HttpClient):
    async with scripted_ollama(models=[MODEL]) as server:
        asked = provider(http, server.url)
        (listed,) = await asked.list_models()
        loads = await asked.loads()
    assert listed.load is not None
    assert (listed.load.context_length, listed.load.graphics_bytes) == (4096, 0)
    assert listed.load.expires_at is not None
    assert loads == {"m:1b": listed.load}


async def test_a_copy_is_in_memory_where_its_other_name_is_listed(http: HttpClient):
    """Ollama lists one name of what is in memory, whichever was asked first: seen of 0.32.15."""
    tags = {
        "models": [{"name": name, "digest": digest} for name, digest in (("a:1b", "d1"), ("b", "d1"), ("c:1b", "d2"))]
    }
    ps = {"models": [{"name": "a:1b", "digest": "d1", "context_length": 4096}]}
    replies = {"/api/tags": tags, "/api/ps": ps, "/api/show": {"capabilities": ["completion"]}}
    async with ScriptedServer(lambda request: [reply(replies[request.path])]) as server:
        asked = provider(http, server.url)
        listed = {model.ref.model_id: model.loaded for model in await asked.list_models()}
        loads = await asked.loads()
    assert listed == {"a:1b": True, "b": True, "c:1b": False}
    assert loads is not None
    assert set(loads) == {"a:1b", "b:latest"}


WEIGHTS, OTHERS = "a" * 64, "b" * 64


def shelf_of_variants(running: str) -> tuple[Callable[[Request], list[Step]], list[str]]:
    """Return an Ollama with a model, variants of it, and another model; also the names it was asked about."""
    files = {
        "base:1b": f"FROM /models/blobs/sha256-{WEIGHTS}\nPARAMETER temperature 0.6",
        "brief:latest": f"# FROM base:1b\nFROM /models/blobs/sha256-{WEIGHTS}\nSYSTEM Answer briefly.\nPARAMETER num_ctx 2048",
        "windows:latest": f"FROM C:\\Users\\li\\models\\blobs\\sha256-{WEIGHTS}\r\n",
        "slow:latest": f"FROM /models/blobs/sha256-{WEIGHTS}\nPARAMETER num_gpu 0",
        "adapted:latest": f"FROM /models/blobs/sha256-{WEIGHTS}\nADAPTER /models/blobs/sha256-{OTHERS}",
        "other:1b": f"FROM /models/blobs/sha256-{OTHERS}",
        "told:1b": "",
    }
    asked: list[str] = []

    def script(request: Request) -> list[Step]:
        match request.path:
            case "/api/tags":
                outcome_of = {"capabilities": ["completion"]}
                return [
                    reply({"models": [{"name": name, "digest": f"digest of {name}", **outcome_of} for name in files]})
                ]
            case "/api/ps":
                entry = {"name": running, "digest": f"digest of {running}", "context_length": 4096}
                return [reply({"models": [entry]})]
            case "/api/show":
                asked.append(request.json()["model"])
                return [reply({"modelfile": files[asked[-1]], "capabilities": ["completion"]})]
            case path:
                raise AssertionError(path)

    return script, asked


async def test_a_variant_is_in_memory_where_what_it_is_made_of_is(http: HttpClient):
    """Ollama runs a file of weights once, and lists the name it was loaded by: a variant has another name and another digest."""
    script, asked = shelf_of_variants("base:1b")
    async with ScriptedServer(script) as server:
        ollama = provider(http, server.url)
        names = [model.ref.model_id for model in await ollama.list_models()]
        for name in names[1:]:
            await ollama.describe(name)
        loads = await ollama.loads()
        listed = {model.ref.model_id: model.loaded for model in await ollama.list_models()}
        await ollama.loads()
    assert loads is not None
    assert set(loads) == {"base:1b", "brief:latest", "windows:latest"}
    assert loads["brief:latest"].context_length == 4096
    assert [name for name, loaded in listed.items() if loaded] == ["base:1b", "brief:latest", "windows:latest"]
    assert asked.count("base:1b") == 1  # nobody looked at it: it is asked how it is loaded, once


async def test_what_is_in_memory_is_asked_about_once_where_nobody_looked_at_it(http: HttpClient):
    script, asked = shelf_of_variants("told:1b")
    async with ScriptedServer(script) as server:
        ollama = provider(http, server.url)
        for _ in range(3):
            assert set(await ollama.loads() or ()) == {"told:1b"}
    assert asked == ["told:1b"]


async def test_a_model_that_was_made_anew_under_its_name_is_not_taken_for_what_it_was(http: HttpClient):
    weights, digest = WEIGHTS, "first"

    def script(request: Request) -> list[Step]:
        match request.path:
            case "/api/tags":
                mine = {"name": "mine:latest", "digest": digest, "capabilities": ["completion"]}
                return [reply({"models": [{**mine, "name": "base:1b", "digest": "d1"}, mine]})]
            case "/api/ps":
                return [reply({"models": [{"name": "base:1b", "digest": "d1"}]})]
            case _:
                file = weights if request.json()["model"] == "mine:latest" else WEIGHTS
                return [reply({"modelfile": f"FROM /models/blobs/sha256-{file}"})]

    async with ScriptedServer(script) as server:
        ollama = provider(http, server.url)
        await ollama.list_models()
        await ollama.describe("mine:latest")
        assert set(await ollama.loads() or ()) == {"base:1b", "mine:latest"}
        weights, digest = OTHERS, "second"
        await ollama.list_models()
        assert set(await ollama.loads() or ()) == {"base:1b"}


async def test_a_model_is_put_out_of_memory(http: HttpClient):
    async with scripted_ollama(models=[MODEL]) as server:
        asked = provider(http, server.url)
        assert await asked.unload("m:1b")
        assert await asked.loads() == {}
    assert chat_bodies(server) == [{"model": "m:1b", "messages": [], "keep_alive": 0, "stream": False}]


async def test_a_model_that_is_not_there_cannot_be_put_out(http: HttpClient):
    async with ScriptedServer(lambda _: [reply({"error": "model 'x' not found"}, 404)]) as server:
        with pytest.raises(ModelNotFound):
            await provider(http, server.url).unload("x")


async def test_what_is_known_of_a_model_stays_when_the_list_is_asked_for_again(http: HttpClient):
    async with scripted_ollama(models=[replace(MODEL, num_ctx=2048)]) as server:
        asked = provider(http, server.url)
        assert not (await asked.list_models())[0].described
        await asked.describe("m:1b")
        (again,) = await asked.list_models()
    assert (again.described, again.own_context, again.loaded) == (True, 2048, True)


async def test_an_answer_tells_how_much_room_there_really_was(http: HttpClient):
    held = asyncio.Event()

    def answer(_body: dict) -> ScriptedAnswer:
        asyncio.get_running_loop().call_later(0.2, held.set)
        return ScriptedAnswer(("Hi", held))

    async with scripted_ollama(answer, models=[MODEL]) as server:
        usage = (await outcome_of(provider(http, server.url))).usage
    assert usage is not None
    assert (usage.context_length, usage.prompt_tokens) == (4096, 9)


def silently_cutting(request: Request) -> list[Step]:
    """An Ollama from before `truncate`: it drops what does not fit, and says only how much it has read."""
    if request.path != "/api/chat":
        return [reply("404 page not found", 404, "text/plain")]
    done = {"message": {"role": "assistant", "content": "Hi"}, "done": True, "prompt_eval_count": 130, "eval_count": 1}
    return [head(content_type="application/x-ndjson"), chunk(json.dumps(done) + "\n"), LAST_CHUNK]


async def test_a_server_that_knows_no_truncate_answers_all_the_same_and_its_count_tells_of_the_cut(http: HttpClient):
    async with ScriptedServer(silently_cutting) as server:
        usage = (await outcome_of(provider(http, server.url))).usage
    assert usage is not None
    assert usage.prompt_tokens == 130
    assert replace(usage, expected_prompt_tokens=810, context_length=256).prompt_was_cut


async def test_a_server_that_knows_it_refuses_and_tells_both_counts(http: HttpClient):
    inner = {
        "error": {
            "code": 400,
            "message": "request (810 tokens) exceeds the available context size (256 tokens), try increasing it",
            "type": "exceed_context_size_error",
            "n_prompt_tokens": 810,
            "n_ctx": 256,
        }
    }
    refusal = reply({"error": json.dumps(inner)}, 400)
    async with scripted_ollama(ScriptedAnswer(refusal=refusal), models=[MODEL]) as server:
        with pytest.raises(ContextTooLong) as refused:
            await outcome_of(provider(http, server.url))
    assert (refused.value.prompt_tokens, refused.value.limit) == (810, 256)


async def test_a_model_of_the_cloud_that_wants_one_to_sign_in_tells_where(http: HttpClient):
    refusal = reply({"error": "unauthorized", "signin_url": "https://ollama.com/connect?name=x&key=y"}, 401)
    async with scripted_ollama(ScriptedAnswer(refusal=refusal), models=[ScriptedModel("big:cloud")]) as server:
        with pytest.raises(SignInNeeded) as refused:
            await outcome_of(provider(http, server.url), replace(REQUEST, model_id="big:cloud"))
    assert refused.value.sign_in_url.startswith("https://ollama.com/connect")


async def test_a_base_address_may_have_a_path(http: HttpClient):
    def script(request: Request) -> list[Step]:
        return [reply({"models": []})] if request.path == "/ollama/api/ps" else [reply("no", 404, "text/plain")]

    async with ScriptedServer(script) as server:
        assert await provider(http, f"{server.url}/ollama").loads() == {}
