"""Search phrases that a model suggests for passages of documents."""

import pytest

from chatdesk.features.chat.services.request.search_phrases import (
    beginnings_of,
    phrases_in,
    suggest_search_phrases,
)
from chatdesk.kernel.chat.message import DocumentPart
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.chat.stream_events import TextDelta, TextWasReasoning
from chatdesk.kernel.documents.document_text import DocumentText, Section
from chatdesk.kernel.errors.base import ServerUnreachable
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters
from tests.fakes.scripted_completion_client import ScriptedCompletionClient

MODEL = ModelRef("server", "qwen")


@pytest.mark.parametrize(
    ("reply", "phrases"),
    [
        ("paid leave\nannual vacation\ndays off", ("paid leave", "annual vacation", "days off")),
        ('Here are three phrases:\n\n1. "paid leave"\n2) annual vacation.\n- days off', ("paid leave", "annual vacation", "days off")),
        ("1、带薪年假\n2、“休假天数”。\n3、放假", ("带薪年假", "休假天数", "放假")),
        ("paid leave\nPaid Leave\n\n\n", ("paid leave",)),
        ("2025 budget", ("2025 budget",)),
        ("a\nb\nc\nd\ne", ("a", "b", "c")),
        ("x" * 5_000, ("x" * 100,)),
        ("", ()),
        ("\u202e\n---\n", ()),
    ],
)  # fmt: skip
def test_phrases_are_read_from_any_list(reply: str, phrases: tuple[str, ...]) -> None:
    assert phrases_in(reply) == phrases


async def test_the_model_is_asked_once_shortly_and_without_thinking_and_knows_the_documents_language() -> None:
    client = ScriptedCompletionClient()
    client.says("带薪年假\n", "休假天数")
    phrases = await suggest_search_phrases(
        client, MODEL, "How much holiday do I get?", ("员工手册\n第一章",), Parameters(num_ctx=8192, max_tokens=9999)
    )
    assert phrases == ("带薪年假", "休假天数")
    (request,) = client.requests
    assert request.thinking is Thinking.OFF
    assert (request.parameters.max_tokens, request.parameters.num_ctx) == (96, 8192)
    (turn,) = request.turns
    assert "How much holiday do I get?" in turn.text
    assert "员工手册 第一章" in turn.text


async def test_what_turns_out_to_be_reasoning_is_no_phrase() -> None:
    client = ScriptedCompletionClient()
    client.script(TextDelta("Let me think\n"), TextWasReasoning(), TextDelta("paid leave"))
    assert await suggest_search_phrases(client, MODEL, "Holidays?", (), Parameters()) == ("paid leave",)


async def test_an_error_of_the_server_is_raised() -> None:
    client = ScriptedCompletionClient()
    client.script(ServerUnreachable("Ollama", "http://localhost"))
    with pytest.raises(ServerUnreachable):
        await suggest_search_phrases(client, MODEL, "Holidays?", (), Parameters())


async def test_the_beginning_of_a_document_is_its_first_words() -> None:
    texts = {"a": DocumentText((Section(" \n"), Section("Handbook " * 100))), "b": None, "c": DocumentText(())}

    async def read(document: DocumentPart) -> DocumentText | None:
        return texts[document.name]

    documents = [DocumentPart(name, "text/plain", name) for name in texts]
    beginnings = await beginnings_of(documents, read)
    assert [len(each) for each in beginnings] == [300, 0]
