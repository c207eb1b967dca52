"""Summaries of documents that a model writes part by part."""

from contextlib import aclosing
from dataclasses import replace

import pytest

from chatdesk.features.chat.services.request.summarising_documents import Summariser, SummaryStep
from chatdesk.kernel.chat.message import DocumentPart, DocumentUnit
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.chat.stream_events import ReasoningDelta, TextDelta, TextWasReasoning
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.kernel.documents.document_text import DocumentText, Section
from chatdesk.kernel.errors.attachment_errors import DocumentEmpty
from chatdesk.kernel.errors.base import AnswerEmpty, ContextTooLong, ServerUnreachable
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters
from tests.fakes.scripted_completion_client import ScriptedCompletionClient

MODEL = ModelRef("server", "qwen")
SENTENCE = "The committee met again and postponed every decision about budgets and rooms. "
BOOK = DocumentText(tuple(Section(f"Page {at} begins. " + SENTENCE * 20) for at in range(1, 11)), DocumentUnit.PAGE)
DOCUMENT = DocumentPart(
    "a" * 64, "application/pdf", "minutes.pdf", text_sha256="b" * 64, unit=DocumentUnit.PAGE, sections=10
)
PAGE_TOKENS = estimate_tokens(BOOK.sections[0].text)


class Notes:
    """Notes in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    async def get(self, key: str) -> bytes | None:
        return self.kept.get(key)

    async def put(self, key: str, content: bytes) -> None:
        self.kept[key] = content


@pytest.fixture
def client() -> ScriptedCompletionClient:
    return ScriptedCompletionClient()


@pytest.fixture
def notes() -> Notes:
    return Notes()


async def summarise(
    client: ScriptedCompletionClient,
    notes: Notes,
    document: DocumentPart = DOCUMENT,
    text: DocumentText = BOOK,
    size: int | None = 5 * PAGE_TOKENS,
    model: ModelRef = MODEL,
) -> tuple[str, list[SummaryStep]]:
    parameters, written = Parameters(num_ctx=size, max_tokens=7), list[str]()
    summariser = Summariser(client, model, size, parameters, notes)
    async with aclosing(summariser.summarise(document, text, written)) as steps:
        taken = [step async for step in steps]
    return "\n\n".join(written), taken


def prompts(client: ScriptedCompletionClient) -> list[str]:
    return [request.turns[-1].text for request in client.requests]


async def test_each_part_is_read_once_within_the_context_and_the_notes_are_combined(
    client: ScriptedCompletionClient, notes: Notes
) -> None:
    parts = 5
    for number in range(parts):
        client.says(f"Notes {number}")
    client.says("The whole summary")
    summary, steps = await summarise(client, notes)
    *asked, combined = prompts(client)
    assert len(asked) == parts
    assert all(estimate_tokens(prompt) < 4 * PAGE_TOKENS for prompt in asked)
    for at in range(1, 11):
        assert sum(f"Page {at} begins." in prompt for prompt in asked) == 1
    assert "\n\n".join(f"Notes {number}" for number in range(parts)) in combined
    assert summary == "The whole summary"
    assert steps == [*(SummaryStep(at + 1, parts + 1) for at in range(parts)), SummaryStep(6, 6, combines=True)]


async def test_the_model_sees_pages_does_not_think_and_writes_little(
    client: ScriptedCompletionClient, notes: Notes
) -> None:
    await summarise(client, notes)
    request = client.requests[0]
    assert "[page 1]\nPage 1 begins." in request.turns[-1].text
    assert request.thinking is Thinking.OFF
    assert request.parameters.max_tokens == round(5 * PAGE_TOKENS / 8)
    assert request.parameters.num_ctx == 5 * PAGE_TOKENS


async def test_only_the_selected_pages_are_read(client: ScriptedCompletionClient, notes: Notes) -> None:
    client.says("Short")
    summary, steps = await summarise(client, notes, replace(DOCUMENT, selected="3"))
    (prompt,) = prompts(client)
    assert "Page 3 begins." in prompt
    assert "Page 2 begins." not in prompt
    assert summary == "Short"
    assert steps == [SummaryStep(1, 1)]


async def test_a_stopped_summary_goes_on_where_it_was(client: ScriptedCompletionClient, notes: Notes) -> None:
    client.says("First part")
    client.script(ServerUnreachable("Server", "http://localhost"))
    with pytest.raises(ServerUnreachable):
        await summarise(client, notes)
    done = len(client.requests)
    client.says("Second part")
    await summarise(client, notes)
    assert "Page 1 begins." not in prompts(client)[done]
    assert "First part\n\nSecond part" in prompts(client)[-1]


async def test_the_same_model_does_not_summarise_a_document_twice_but_another_does(
    client: ScriptedCompletionClient, notes: Notes
) -> None:
    first, _ = await summarise(client, notes)
    asked = len(client.requests)
    again, _ = await summarise(client, notes)
    assert (again, len(client.requests)) == (first, asked)
    await summarise(client, notes, model=ModelRef("server", "other"))
    assert len(client.requests) == 2 * asked


async def test_parts_that_the_server_refuses_are_made_smaller(client: ScriptedCompletionClient, notes: Notes) -> None:
    client.script(ContextTooLong())
    await summarise(client, notes)
    refused, accepted = prompts(client)[:2]
    assert len(accepted) < 0.7 * len(refused)


async def test_a_server_that_refuses_everything_ends_it(client: ScriptedCompletionClient, notes: Notes) -> None:
    for _ in range(3):
        client.script(ContextTooLong())
    with pytest.raises(ContextTooLong):
        await summarise(client, notes, size=4_096)
    assert len(client.requests) == 3


async def test_a_model_that_thinks_all_the_time_is_asked_again_without_a_limit(
    client: ScriptedCompletionClient, notes: Notes
) -> None:
    client.script(ReasoningDelta("Hm"), TextDelta("hm"), TextWasReasoning())
    client.says("Short")
    summary, _ = await summarise(client, notes, replace(DOCUMENT, selected="1"))
    assert summary == "Short"
    assert [request.parameters.max_tokens for request in client.requests] == [round(5 * PAGE_TOKENS / 8), None]


async def test_a_model_that_writes_nothing_is_reported(client: ScriptedCompletionClient, notes: Notes) -> None:
    for _ in range(2):
        client.says(" ")
    with pytest.raises(AnswerEmpty):
        await summarise(client, notes)
    assert notes.kept == {}


async def test_many_notes_are_combined_in_groups(client: ScriptedCompletionClient, notes: Notes) -> None:
    long_notes = SENTENCE * 20
    for _ in range(5):
        client.says(long_notes)
    summary, steps = await summarise(client, notes)
    combining = [step for step in steps if step.combines]
    assert len(combining) > 1
    assert summary == "Yes."
    assert all(estimate_tokens(prompt) < 4 * PAGE_TOKENS for prompt in prompts(client))


async def test_a_document_without_text_is_reported(client: ScriptedCompletionClient, notes: Notes) -> None:
    with pytest.raises(DocumentEmpty):
        await summarise(client, notes, text=DocumentText((Section(" \n"),)))
    assert client.requests == []
