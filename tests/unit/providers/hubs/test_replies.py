"""What hubs may reply: anything at all. Nothing of it may break a client, leave its folder, or grow without limit."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.errors.base import AnswerTooLarge, ServerError
from chatdesk.kernel.errors.hub_errors import HubBusy, NotAHub
from chatdesk.kernel.models.hubs import DownloadFile, HubHit, HubKind, HubRepository, is_safe_path, normal_sha256
from chatdesk.network.http import HttpClient
from chatdesk.providers.hubs import hub_http, hugging_face, modelscope, ollama_registry
from chatdesk.providers.hubs.hub import Hub, is_repository_name
from chatdesk.providers.hubs.hugging_face import HuggingFace
from chatdesk.providers.hubs.modelscope import ModelScope
from chatdesk.providers.hubs.ollama_registry import OllamaRegistry
from tests.fakes.scripted_server import ScriptedServer, reply

HASH = "6a1a2eb6d15622bf3c96857206351ba97e1af16c30d7a74ee38970e434e9407e"
KEYS = (
    "id", "rfilename", "size", "lfs", "sha256", "oid", "Path", "Size", "Sha256", "Type", "mediaType", "digest", "gguf", "total",
    "architecture", "context_length", "downloads", "lastModified", "last_modified", "gated", "siblings", "sha", "cardData", "license",
    "data", "models", "total_count", "Data", "Files", "layers",
)  # fmt: skip
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
NAMED = st.sampled_from(
    ("blob", "a/b", HASH, f"sha256:{HASH}", "M.gguf", "../M.gguf", "application/vnd.ollama.image.model")
)
ANYTHING = st.recursive(
    SCALARS | NAMED,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=8),
    max_leaves=20,
)


@given(ANYTHING)
def test_an_entry_of_a_search_is_a_valid_repository_or_nothing(value: object):
    for read in (hugging_face.read_hit, modelscope.read_hit):
        hit = read(value)
        assert hit is None or (isinstance(hit, HubHit) and is_repository_name(hit.repository.name))


@given(ANYTHING)
def test_an_entry_of_a_listing_is_a_safe_file_or_nothing(value: object):
    for read in (
        hugging_face.read_sibling,
        modelscope.read_file,
        lambda value: ollama_registry.read_layer(value, "m-7b"),
    ):
        file = read(value)
        assert file is None or is_plain(file)


def is_plain(file: DownloadFile) -> bool:
    return is_safe_path(file.path) and 0 <= file.size <= 2**53 and file.sha256 in {"", normal_sha256(file.sha256)}


@pytest.mark.parametrize(
    "path",
    [
        "", ".", "..", "/etc/passwd", "../model.gguf", "a/../model.gguf", "a//b.gguf", "a/./b.gguf", "C:/model.gguf", "a\\b.gguf",
        "model.gguf\0", "a\nb.gguf", "con", "NUL.gguf", "a/lpt1.txt", "model.gguf.", "model ", " /x.gguf", "a|b", "x" * 201,
        "/".join(["a"] * 300),
    ],
)  # fmt: skip
def test_a_path_that_could_leave_its_folder_or_name_a_device_is_not_safe(path: str):
    assert not is_safe_path(path)
    assert hugging_face.read_sibling({"rfilename": path, "size": 5}) is None
    assert modelscope.read_file({"Type": "blob", "Path": path, "Size": 5}) is None


@pytest.mark.parametrize(
    "path", ["model.gguf", "BF16/model-00001-of-00002.gguf", "模型.gguf", "a b (c) [d].gguf", "constant.gguf"]
)
def test_a_usual_path_is_safe(path: str):
    assert is_safe_path(path)


@given(st.text(max_size=40))
def test_a_safe_path_has_no_empty_or_upward_part(path: str):
    if is_safe_path(path):
        assert not {"", ".", ".."} & set(path.split("/"))
        assert not path.startswith("/")
        assert "\\" not in path


@pytest.mark.parametrize("text", [HASH, HASH.upper(), f'"{HASH}"', f"sha256:{HASH}", f"  {HASH}\n"])
def test_a_hash_is_read_in_every_form_that_hubs_use(text: str):
    assert normal_sha256(text) == HASH


@pytest.mark.parametrize("text", ["", "eca68f83", HASH[:-1], HASH + "0", "g" * 64, 'W/"abc"', f"md5:{HASH}"])
def test_anything_else_is_no_hash(text: str):
    assert normal_sha256(text) == ""


def test_a_listing_entry_is_read_as_hugging_face_writes_it():
    stored = {"sha256": HASH, "size": 1_117_320_736, "pointerSize": 135}
    entry = {"rfilename": "model.gguf", "blobId": "eca68f83", "size": 1_117_320_736, "lfs": stored}
    assert hugging_face.read_sibling(entry) == DownloadFile("model.gguf", 1_117_320_736, HASH)


def test_an_entry_without_a_hash_keeps_its_size():
    assert modelscope.read_file({"Type": "blob", "Path": "M.gguf", "Size": 5, "Sha256": None}) == DownloadFile(
        "M.gguf", 5, ""
    )
    assert modelscope.read_file({"Type": "tree", "Path": "subdir"}) is None


@pytest.mark.parametrize("gated", [False, None, 7, [], {}, "unknown"])
def test_an_unknown_gate_is_none(gated: object):
    hit = hugging_face.read_hit({"id": "a/b", "gated": gated})
    assert hit
    assert hit.gate.value == "open"


@pytest.mark.parametrize(
    ("link", "cursor"),
    [
        ('<https://huggingface.co/api/models?search=x&cursor=abc%3D>; rel="next"', "abc="),
        (
            '<https://evil.example/api/models?cursor=abc>; rel="next"',
            "abc",
        ),  # only the position is used, never the address
        ('<https://huggingface.co/api/models?page=2>; rel="next"', ""),
        ('<https://huggingface.co/?cursor=abc>; rel="prev"', ""),
        ("<https://[broken?cursor=a>; rel=next", ""),
        ("", ""),
        (f"<https://a.example/?cursor={'x' * 3000}>; rel=next", ""),
    ],
)
def test_the_next_page_is_a_position_and_never_an_address(link: str, cursor: str):
    assert hugging_face.read_cursor({"link": link}) == cursor


MAKES: tuple[Callable[[HttpClient, str], Hub], ...] = (HuggingFace, ModelScope, OllamaRegistry)


@pytest.mark.parametrize("make", MAKES)
@pytest.mark.parametrize(
    "body",
    [
        "", "null", "[]", "7", '"text"', "{", "[" * 100_000, '{"siblings": 1}', '{"sha": 5, "siblings": []}', '{"Data": []}',
        '{"Data": {"Files": {}}}', '{"layers": {}}', '{"sha": "../../x", "siblings": []}', "\ufeff<html>",
    ],
)  # fmt: skip
async def test_a_reply_of_another_shape_is_not_of_a_hub(http: HttpClient, make: Callable[..., Hub], body: str):
    async with ScriptedServer(lambda _: [reply(body)]) as server:
        client = make(http, server.url)
        with pytest.raises(NotAHub):
            await client.list_files(HubRepository(client.kind, "a/b"))


@pytest.mark.parametrize("make", MAKES)
async def test_a_reply_without_end_is_cut_off(
    http: HttpClient, make: Callable[..., Hub], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(hub_http, "MAX_JSON_BYTES", 1000)
    async with ScriptedServer(lambda _: [reply("[" + "1," * 1_000_000)]) as server:
        client = make(http, server.url)
        with pytest.raises(AnswerTooLarge):
            await client.list_files(HubRepository(client.kind, "a/b"))


async def test_a_listing_is_limited(http: HttpClient):
    siblings = [{"rfilename": f"{number}.gguf", "size": 1} for number in range(6000)]
    body = json.dumps({"sha": "c0ffee0", "siblings": siblings})
    async with ScriptedServer(lambda _: [reply(body)]) as server:
        listing = await HuggingFace(http, server.url).list_files(HubRepository(HubKind.HUGGING_FACE, "a/b"))
    assert len(listing.files) == 5000


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (206, {}),
        (206, {"Content-Range": "bytes 7-9/10"}),
        (206, {"Content-Range": "bytes 5-9/4"}),
        (206, {"Content-Range": "bytes 5-9/99999999999999999999"}),
        (206, {"Content-Range": "lines 5-9/10"}),
        (200, {"Content-Encoding": "gzip"}),
        (416, {"Content-Range": "bytes */4"}),
        (416, {}),
    ],
)
async def test_a_range_that_was_not_asked_for_is_refused(http: HttpClient, status: int, headers: dict[str, str]):
    async with ScriptedServer(lambda _: [reply(b"12345", status, "application/octet-stream", headers)]) as server:
        client = HuggingFace(http, server.url)
        file = client.locate(HubRepository(HubKind.HUGGING_FACE, "a/b"), DownloadFile("M.gguf", 0, ""))
        with pytest.raises(ServerError):
            async with client.open(file, 5):
                pass


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"RateLimit": '"api";r=0;t=55'}, 56),
        ({"RateLimit": '"api"; r = 0 ; t = 55'}, 56),
        ({"RateLimit": '"pages";r=7;t=200, "api";r=0;t=10'}, 11),
        ({"RateLimit": '"api";r=5;t=55', "Retry-After": "7"}, 7),
        ({"Retry-After": "99999999"}, 3600),
        ({"Retry-After": "soon"}, 60),
        ({}, 60),
    ],
)
async def test_the_waiting_time_is_read_in_each_of_its_forms(http: HttpClient, headers: dict[str, str], seconds: float):
    async with ScriptedServer(lambda _: [reply("", 429, "text/plain", headers)]) as server:
        client = HuggingFace(http, server.url)
        with pytest.raises(HubBusy) as failure:
            await client.search("x")
    assert failure.value.seconds == seconds
