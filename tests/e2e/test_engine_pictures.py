"""Pictures in the real engine. What sees is a tiny projector of our own making beside the starter model: it is loaded, and pictures go
through it into the model's context; what the model says of them means nothing.
"""

import shutil
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.engine.engine import BuiltInEngine, EngineAddress
from chatdesk.engine.installation import find_starter_model
from chatdesk.features.servers.services.built_in.server import BuiltIn
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Picture, Turn
from chatdesk.kernel.chat.stream_events import AnswerStageChanged, TextDelta, UsageReported
from chatdesk.kernel.errors.engine_errors import EngineError
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.servers.server import KEY_HEADERS, ServerConfig, ServerProtocol, Vendor
from chatdesk.network.http import HttpClient
from chatdesk.providers.provider_factory import make_provider
from tests.fakes.built_in import built_in_over
from tests.fakes.projector_file import write_projector

SERVER = ServerConfig("built-in", "Built-in", "built-in", ServerProtocol.BUILT_IN, "")
VENDOR = Vendor("built-in", "Built-in", ServerProtocol.BUILT_IN, "", False, True, key_headers=KEY_HEADERS)
MODEL = "Seeing-135M"
WIDTH = 576
"""Of the starter model's tokens."""


def missing() -> str:
    try:
        find_starter_model()
    except EngineError as error:
        return str(error)
    return ""


pytestmark = [pytest.mark.engine, pytest.mark.skipif(bool(missing()), reason=missing())]


def png(side: int = 28) -> bytes:
    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\xff\0\0" * side) * side
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


@pytest.fixture
async def built_in(tmp_path: Path) -> AsyncIterator[BuiltIn]:
    folder = tmp_path / "models"
    folder.mkdir()
    shutil.copy(find_starter_model().path, folder / f"{MODEL}.gguf")
    service = built_in_over(tmp_path, BuiltInEngine)
    service.files.add([folder])
    yield service
    await service.close()


async def sees(built_in: BuiltIn) -> bool | None:
    _, models = await built_in.survey(SERVER)
    return next(model.can_see for model in models if model.ref.model_id == MODEL)


async def asked(built_in: BuiltIn, *pictures: Picture) -> tuple[str, int]:
    """Return the answer, and how many tokens the question was."""
    turns = (Turn(Role.USER, "What is this?", pictures=pictures),)
    request = ChatRequest(MODEL, turns, parameters=Parameters(max_tokens=6, temperature=0.0))
    text, tokens = "", 0
    async with HttpClient() as http, aclosing(built_in.run_for_answer(MODEL)) as steps:
        async for step in steps:
            if isinstance(step, AnswerStageChanged):
                continue
            assert isinstance(step, EngineAddress)
            provider = make_provider(replace(SERVER, base_url=step.base_url), VENDOR, step.key, http)
            async with aclosing(provider.chat(request)) as events:
                async for event in events:
                    if isinstance(event, TextDelta):
                        text += event.text
                    elif isinstance(event, UsageReported):
                        tokens = event.usage.prompt_tokens or tokens
    return text, tokens


async def test_a_picture_goes_through_the_projector_beside_the_model(built_in: BuiltIn, tmp_path: Path) -> None:
    assert await sees(built_in) is False
    write_projector(tmp_path / f"models/mmproj-{MODEL}-f32.gguf", WIDTH)
    assert await sees(built_in) is True
    _, without = await asked(built_in)
    text, tokens = await asked(built_in, Picture("image/png", png()))
    assert text
    assert tokens == without + 4, "two by two pieces of 14 pixels"


@pytest.mark.usefixtures("caplog")  # it warns
async def test_a_projector_the_engine_does_not_know_keeps_no_model_from_answering(
    built_in: BuiltIn, tmp_path: Path
) -> None:
    write_projector(tmp_path / "models/mmproj.gguf", WIDTH, kind="invented-later")
    assert await sees(built_in) is True
    assert (await asked(built_in))[0]
    assert await sees(built_in) is False


async def test_a_projector_for_another_model_is_left_alone(built_in: BuiltIn, tmp_path: Path) -> None:
    write_projector(tmp_path / "models/mmproj.gguf", WIDTH * 2)
    assert await sees(built_in) is False
    assert (await asked(built_in))[0]
