"""Passages that are found by their meaning, with a model for embeddings of an Ollama: what the strip says, and what is sent."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.fakes.scripted_server import Request, Step, reply
from tests.gui.window.chat.document_steps import FACT, book, buttons, press, text_of, use_passages
from tests.gui.window.harness import FakeModel, Harness

QUESTION = "Which fish did the beacon guard earn?"
"""Asks for the fact without any of its words."""


class EmbeddingModel:
    """Adds a model to a scripted Ollama whose vectors tell whether a text is about fish. It answers so many requests, then waits."""

    def __init__(self) -> None:
        self.answers = 1_000
        self.more = asyncio.Event()
        self.embedded: list[str] = []

    def join(self, fake_model: FakeModel) -> None:
        assert fake_model.server
        before = fake_model.server.script

        def script(request: Request) -> Iterable[Step] | AsyncIterator[Step]:
            if (request.method, request.path) == ("POST", "/api/embed"):
                return self._embed(request.json()["input"])
            if request.path == "/api/tags":
                cards = [
                    {"name": name, "model": name, "digest": name, "capabilities": [kind]}
                    for name, kind in (("scripted:1b", "completion"), ("bge-m3:latest", "embedding"))
                ]
                return [reply({"models": cards})]
            return before(request)

        fake_model.server.script = script

    async def _embed(self, texts: list[str]) -> AsyncIterator[Step]:
        if self.answers == 0:
            await self.more.wait()
        else:
            self.answers -= 1
        self.embedded += texts
        yield reply({"embeddings": [[0.1, float("herring" in text or "fish" in text)] for text in texts]})


@pytest.fixture
async def embedding_model(harness: Harness, fake_model: FakeModel) -> EmbeddingModel:
    model = EmbeddingModel()
    model.join(fake_model)
    await harness.program.servers.models.refresh()
    return model


@pytest.fixture
def long_book(tmp_path: Path) -> Path:
    return book(tmp_path / "minutes.pdf")


async def test_a_question_in_other_words_gets_the_passage_that_answers_it(
    harness: Harness, fake_model: FakeModel, embedding_model: EmbeddingModel, long_book: Path
) -> None:
    await use_passages(harness, long_book)
    await harness.until(lambda: len(embedding_model.embedded) > 30 and not is_indexing(harness))
    harness.type(QUESTION)
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: harness.answer() == "Yes.")
    assert FACT in sent(fake_model)


async def test_the_strip_says_how_far_indexing_is_and_searches_again_at_its_end(
    harness: Harness, embedding_model: EmbeddingModel, long_book: Path
) -> None:
    embedding_model.answers = 1
    await use_passages(harness, long_book)
    harness.type(QUESTION)
    await harness.until(lambda: "Indexing by meaning: 1 of " in text_of(harness))
    assert text_of(harness).startswith("Nothing in minutes.pdf matches ")
    assert buttons(harness) == ["Change…", "Stop"]
    embedding_model.answers = 1_000
    embedding_model.more.set()
    await harness.until(lambda: text_of(harness).endswith("passages of minutes.pdf will be sent."))
    assert buttons(harness) == ["Change…"]


async def test_indexing_can_be_stopped(harness: Harness, embedding_model: EmbeddingModel, long_book: Path) -> None:
    embedding_model.answers = 1
    await use_passages(harness, long_book)
    harness.type("herring")
    await harness.until(lambda: "Indexing by meaning: 1 of " in text_of(harness))
    press(harness, "stop")
    await harness.until(lambda: buttons(harness) == ["Change…"])
    assert text_of(harness).endswith("passages of minutes.pdf will be sent.")
    assert harness.edit.hasFocus()
    embedding_model.more.set()


def sent(fake_model: FakeModel) -> str:
    return fake_model.asked[-1]["messages"][-1]["content"]


def is_indexing(harness: Harness) -> bool:
    return "Indexing" in text_of(harness)
