"""Documents of which passages are sent: found with the question, kept with it, and looked for again with the next one."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from chatdesk.features.attachments.services.passages.passage_finder import FoundInDocument, FoundPassages
from chatdesk.features.chat.services.instruction_resolver import InstructionResolver
from chatdesk.kernel.chat.conversation import Question
from chatdesk.kernel.chat.message import DocumentPart, FinishReason, MessageState, PassageRange, SentAs
from chatdesk.kernel.chat.stream_events import Finished, TextDelta
from chatdesk.kernel.context.context_size import ContextBudget
from chatdesk.kernel.documents.document_text import DocumentText, Section
from chatdesk.kernel.models.model_rules import ModelRule
from tests.unit.features.conftest import MODEL, Harness

TEXT = "The herring was counted. The bread was baked. The boats were painted."
SENTENCES = tuple(f"{each.strip()}." for each in TEXT.rstrip(".").split("."))
REPORT = DocumentPart("a" * 64, "text/plain", "report.txt", text_sha256="b" * 64, tokens=400, sent_as=SentAs.PASSAGES)
OTHER = replace(REPORT, sha256="c" * 64, text_sha256="d" * 64, name="other.txt")


class Finder:
    """Finds the sentences that contain a word of the question."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    async def find(self, question: str, documents: Sequence[DocumentPart], max_tokens: int) -> FoundPassages:
        self.asked.append((question, max_tokens))
        words = {word.strip("?!.").lower() for word in question.split() if len(word) > 4}
        found = [each for each in SENTENCES if words & {word.strip(".").lower() for word in each.split()}]
        passages = tuple(PassageRange(1, TEXT.index(each), TEXT.index(each) + len(each)) for each in found)
        return FoundPassages(
            tuple(FoundInDocument(replace(each, passages=passages), len(found), 3) for each in documents),
            tuple(sorted(words)),
        )


@pytest.fixture
def finder(harness: Harness) -> Finder:
    made = Finder()
    harness.chat._pipeline._find_passages = made.find
    harness.document_texts["b" * 64] = harness.document_texts["d" * 64] = DocumentText((Section(TEXT),))
    return made


async def ask(harness: Harness, chat: str, text: str, *documents: DocumentPart, searches_again: bool = True) -> None:
    question = Question(text, MODEL, attachments=documents, searches_again=searches_again)
    await harness.chat.send(chat, question)
    await harness.answered(chat)


def sent(harness: Harness) -> str:
    return harness.completion_client.requests[-1].turns[-1].text


def turns(harness: Harness) -> list[str]:
    return [turn.text for turn in harness.completion_client.requests[-1].turns]


async def test_what_was_found_is_sent_and_kept_with_the_question(harness: Harness, finder: Finder) -> None:
    chat = await harness.new_chat()
    await ask(harness, chat, "Who counted herring?", REPORT)
    assert SENTENCES[0] in sent(harness)
    assert SENTENCES[1] not in sent(harness)
    question, _ = await harness.path(chat)
    (document,) = (await harness.chat.find(question.id)).documents
    assert (document.passages, document.passage_count) == ((PassageRange(1, 0, 24),), 3)
    assert 0 < document.tokens < 20
    assert question.documents == (document,)


async def test_the_next_question_has_its_own_and_begins_with_the_same_request(harness: Harness, finder: Finder) -> None:
    chat = await harness.new_chat()
    await ask(harness, chat, "Who counted herring?", REPORT)
    first = turns(harness)
    await ask(harness, chat, "Who baked bread?")
    assert turns(harness)[: len(first)] == first
    assert SENTENCES[1] in sent(harness)
    assert 'index="1"' in sent(harness)


async def test_a_question_without_words_of_its_own_is_about_what_was_asked_before(
    harness: Harness, finder: Finder
) -> None:
    chat = await harness.new_chat()
    await ask(harness, chat, "Who counted herring?", REPORT)
    await ask(harness, chat, "And then?")
    assert SENTENCES[0] in sent(harness)


async def test_a_question_can_go_without_the_documents_before(harness: Harness, finder: Finder) -> None:
    chat = await harness.new_chat()
    await ask(harness, chat, "Who counted herring?", REPORT)
    await ask(harness, chat, "Who baked bread?", searches_again=False)
    assert sent(harness) == "Who baked bread?"
    await ask(harness, chat, "Who painted boats?")
    assert sent(harness) == "Who painted boats?"


async def test_a_document_that_is_attached_again_is_searched_once(harness: Harness, finder: Finder) -> None:
    chat = await harness.new_chat()
    await ask(harness, chat, "Who counted herring?", REPORT, OTHER)
    await ask(harness, chat, "Who baked bread?", OTHER)
    question = (await harness.path(chat))[-2]
    assert [each.name for each in question.documents] == ["report.txt", "other.txt"]


async def test_another_answer_keeps_the_passages_and_an_edited_question_finds_its_own(
    harness: Harness, finder: Finder
) -> None:
    chat = await harness.new_chat()
    await ask(harness, chat, "Who counted herring?", REPORT)
    question, answer = await harness.path(chat)
    await harness.chat.regenerate(answer.id, MODEL)
    await harness.answered(chat)
    assert len(finder.asked) == 1
    await harness.chat.edit(question.id, Question("Who baked bread?", MODEL, attachments=question.documents))
    await harness.answered(chat)
    assert SENTENCES[1] in sent(harness)
    assert SENTENCES[0] not in sent(harness)


async def test_passages_that_the_user_has_chosen_are_sent_as_they_are(harness: Harness, finder: Finder) -> None:
    chat = await harness.new_chat()
    chosen = replace(REPORT, passages=(PassageRange(1, 25, 45),), passage_count=3)
    await ask(harness, chat, "Who counted herring?", chosen)
    assert SENTENCES[1] in sent(harness)
    assert finder.asked == []


async def test_nothing_is_sent_if_nothing_matches_until_the_user_says_so(harness: Harness, finder: Finder) -> None:
    chat = await harness.new_chat()
    await ask(harness, chat, "Where are refill stations?", REPORT)
    assert harness.completion_client.requests == []
    _, answer = await harness.path(chat)
    assert answer.state is MessageState.FAILED
    assert answer.failure is not None
    assert answer.failure.kind == "NothingFound"
    assert answer.failure.data["name"] == "report.txt"
    await harness.chat.continue_answer(answer.id)
    await harness.answered(chat)
    assert sent(harness).endswith("Where are refill stations?")
    assert len(finder.asked) == 1


async def test_a_queued_question_finds_its_passages_when_it_is_asked(harness: Harness, finder: Finder) -> None:
    chat = await harness.new_chat()
    ready = asyncio.Event()
    harness.completion_client.script(ready, TextDelta("Yes."), Finished(FinishReason.STOP))
    await harness.chat.send(chat, Question("First", MODEL))
    await harness.chat.send(chat, Question("Who counted herring?", MODEL, attachments=(REPORT,)))
    assert finder.asked == []
    ready.set()
    await harness.answered(chat)
    assert SENTENCES[0] in sent(harness)


async def test_passages_take_what_the_context_leaves(harness: Harness, finder: Finder) -> None:
    harness.budgets[MODEL] = ContextBudget(4_000)
    chat = await harness.new_chat()
    await ask(harness, chat, "Who counted herring?", REPORT)
    await ask(harness, chat, "herring " * 1_000, REPORT)
    (_, budget), (_, less) = finder.asked
    assert budget == 1_200
    assert less < budget


async def test_a_model_that_was_trained_with_marks_around_files_gets_them(harness: Harness, finder: Finder) -> None:
    resolver = InstructionResolver((ModelRule((MODEL.model_id,), file_marks=True),))
    harness.chat._pipeline._instruction_resolver = resolver
    chat = await harness.new_chat()
    await ask(harness, chat, "Who counted herring?", REPORT)
    assert "[file name]: report.txt\n[file content begin]\n[document 1" in sent(harness)
    assert "<document" not in sent(harness)
