"""Long documents and the built-in engine, in the window: the right passages are sent and read, and each is read once."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from chatdesk.engine.installation import find_starter_model
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.kernel.chat.request import ChatRequest
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_file import STARTER_NAME
from chatdesk.kernel.models.parameters import Parameters
from tests.e2e.test_wire_formats import missing
from tests.fakes.document_files import pdf
from tests.gui.window.chat.document_steps import text_of, use_passages
from tests.gui.window.harness import ANSWER_SECONDS, Harness

pytestmark = [pytest.mark.engine, pytest.mark.skipif(bool(missing()), reason=missing())]

ENGLISH_FACT = "The lighthouse keeper was paid in herring until 1867."
CHINESE_FACT = "灯塔看守人的工资直到1867年都用鲱鱼支付。"
AROUND_AN_ANSWER = 8
"""Tokens at the end of an answer that its template writes in another way than the model did."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[ChatRequest]:
    """What is sent to the engine."""
    requests: list[ChatRequest] = []
    stream = Connections.stream

    async def recording(self: Connections, model: ModelRef, request: ChatRequest) -> AsyncGenerator[tuple]:
        requests.append(request)
        async for batch in stream(self, model, request):
            yield batch

    monkeypatch.setattr(Connections, "stream", recording)
    return requests


@pytest.fixture
async def engine(harness: Harness) -> Harness:
    """The window with the starter model chosen, which reads little and says little."""
    starter = ModelRef(BUILT_IN_ID, find_starter_model().id)
    harness.program.models.preferences.set_parameters(starter, Parameters(max_tokens=4, temperature=0.0))
    harness.program.models.preferences.set_context(starter, 2_048)
    harness.choose_model(STARTER_NAME)
    return harness


def usage(harness: Harness) -> Usage:
    found = harness.transcript.document[len(harness.transcript.document) - 1].actions._message.usage
    assert found is not None
    return found


def english_book(folder: Path) -> Path:
    lines = [
        f"The committee met again and postponed every decision about rooms. Session {{}}, item {at}." for at in range(8)
    ]
    path = folder / "minutes.pdf"
    path.write_bytes(pdf([[ENGLISH_FACT] if at == 31 else [line.format(at) for line in lines] for at in range(1, 41)]))
    return path


def chinese_book(folder: Path) -> Path:
    paragraphs = [f"第{at}次会议：委员会再次开会，推迟了关于预算和房间的所有决定。" * 6 for at in range(60)]
    paragraphs[47] = CHINESE_FACT
    path = folder / "会议记录.txt"
    path.write_text("\n\n".join(paragraphs), "utf-8")
    return path


@pytest.mark.parametrize(
    ("make", "question", "fact"),
    [
        (english_book, "Who was paid in herring?", ENGLISH_FACT),
        (chinese_book, "灯塔看守人的工资用什么支付？", CHINESE_FACT),
    ],
)
async def test_the_engine_reads_the_passage_that_answers(
    engine: Harness, asked: list[ChatRequest], tmp_path: Path, make, question: str, fact: str
) -> None:
    await use_passages(engine, make(tmp_path))
    engine.edit.setPlainText(question)
    await engine.until(lambda: "passages of" in text_of(engine))
    engine.press(Qt.Key.Key_Return)
    await engine.until(lambda: len(engine.messages()) == 2 and not engine.streaming(), ANSWER_SECONDS)
    sent = asked[-1].turns[-1].text
    assert fact in sent
    assert 'content="passages"' in sent
    assert estimate_tokens(sent) < 1_000
    assert usage(engine).prompt_tokens > 0.5 * estimate_tokens(sent)


async def test_the_next_question_is_read_with_its_own_passages_only(
    engine: Harness, asked: list[ChatRequest], tmp_path: Path
) -> None:
    await use_passages(engine, english_book(tmp_path))
    await engine.ask_and_wait("What did the committee postpone in session 7?")
    first = usage(engine)
    await engine.ask_and_wait("Who was paid in herring?")
    before, after = (request.turns for request in asked[-2:])
    assert after[: len(before)] == before
    assert ENGLISH_FACT in after[-1].text
    assert ENGLISH_FACT not in before[-1].text
    assert usage(engine).cached_prompt_tokens >= first.prompt_tokens + first.completion_tokens - AROUND_AN_ANSWER
