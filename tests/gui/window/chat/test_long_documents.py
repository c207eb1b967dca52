"""Documents that do not fit into the context of the model: what the strip says, and what is sent."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.kernel.chat.message import SentAs
from chatdesk.kernel.models.parameters import Parameters
from tests.fakes.scripted_models import ScriptedAnswer
from tests.fakes.scripted_server import reply
from tests.gui.window.chat.document_steps import (
    FACT,
    attach,
    book,
    buttons,
    documents,
    press,
    strip,
    text_of,
    use_passages,
)
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.pictures.attach_steps import chips, names


@pytest.fixture
def long_book(tmp_path: Path) -> Path:
    return book(tmp_path / "minutes.pdf")


def sent(fake_model: FakeModel) -> str:
    return fake_model.asked[-1]["messages"][-1]["content"]


async def test_a_document_that_is_too_long_is_reported_before_it_is_sent(
    harness: Harness, fake_model: FakeModel, long_book: Path
) -> None:
    await attach(harness, long_book)
    await harness.until(lambda: strip(harness))
    assert text_of(harness).startswith("minutes.pdf is longer than the model can read here: about ")
    assert buttons(harness) == ["Choose pages…", "Summarise first", "Use the relevant passages"]
    harness.type("Who was paid in herring?")
    harness.press(Qt.Key.Key_Return)
    assert fake_model.asked == []
    assert harness.part("document.passages").hasFocus()
    assert harness.edit.text() == "Who was paid in herring?"


async def test_pages_are_chosen_beside_the_chat(harness: Harness, fake_model: FakeModel, long_book: Path) -> None:
    await attach(harness, long_book)
    await harness.until(lambda: "Choose pages…" in buttons(harness))
    press(harness, "choose")
    await harness.until(lambda: harness.window.findChild(QLineEdit, "sectionNumbers"))
    numbers = harness.part("sectionNumbers")
    numbers.selectAll()
    QTest.keyClicks(numbers, "31")
    QTest.keyClick(numbers, Qt.Key.Key_Return)
    await harness.until(lambda: documents(harness)[0].selected == "31" and strip(harness) is None)
    await harness.ask_and_wait("Who was paid in herring?")
    assert FACT in sent(fake_model)
    assert "[page 30]" not in sent(fake_model)


async def test_the_passage_that_answers_is_sent_with_the_question(
    harness: Harness, fake_model: FakeModel, long_book: Path
) -> None:
    await use_passages(harness, long_book)
    harness.type("Who was paid in herring?")
    await harness.until(lambda: "passages of minutes.pdf will be sent" in text_of(harness))
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: harness.answer() == "Yes.")
    assert FACT in sent(fake_model)
    assert 'content="passages"' in sent(fake_model)
    assert "[page 31]" in sent(fake_model)
    assert len(sent(fake_model)) < 9_000
    assert documents(harness) == []
    row = harness.control(Verb.OPEN_DOCUMENT, 0)
    assert row is not None
    assert "passages" in row.name


async def test_what_went_along_is_opened_at_its_first_passage(
    harness: Harness, fake_model: FakeModel, long_book: Path
) -> None:
    await use_passages(harness, long_book)
    await harness.ask_and_wait("Who was paid in herring?")
    harness.click_control(Verb.OPEN_DOCUMENT, 0)
    await harness.until(lambda: harness.part("documentPlace").text() in {"30 / 40", "31 / 40"})
    assert "passages" in harness.part("documentSent").text()


async def test_the_next_question_brings_its_own_passages_and_changes_nothing_before(
    harness: Harness, fake_model: FakeModel, long_book: Path
) -> None:
    await use_passages(harness, long_book)
    await harness.ask_and_wait("What did the committee postpone in session 7?")
    first = fake_model.asked[-1]["messages"]
    assert FACT not in first[-1]["content"]
    await harness.ask_and_wait("Who was paid in herring?")
    second = fake_model.asked[-1]["messages"]
    assert second[: len(first)] == first
    assert FACT in second[-1]["content"]
    assert 'index="1"' in second[-1]["content"]


async def test_the_next_question_can_go_without_them(harness: Harness, fake_model: FakeModel, long_book: Path) -> None:
    await use_passages(harness, long_book)
    await harness.ask_and_wait("What did the committee postpone in session 7?")
    harness.type("Who was paid in herring?")
    await harness.until(lambda: buttons(harness) == ["Change…"])
    press(harness, "change")
    await harness.until(lambda: harness.window.findChild(QMenu, "documentMenu"))
    (action,) = harness.window.findChild(QMenu, "documentMenu").actions()
    action.trigger()
    await harness.until(lambda: strip(harness) is None)
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: len(harness.messages()) == 4 and not harness.streaming())
    assert sent(fake_model) == "Who was paid in herring?"


async def test_an_edited_question_is_searched_again_and_an_answer_again_is_not(
    harness: Harness, fake_model: FakeModel, long_book: Path
) -> None:
    await use_passages(harness, long_book)
    await harness.ask_and_wait("What did the committee postpone in session 7?")
    harness.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    await harness.until(lambda: len(fake_model.asked) == 2 and not harness.streaming())
    assert fake_model.asked[0]["messages"] == fake_model.asked[1]["messages"]
    harness.press(Qt.Key.Key_Up)
    edit = QGuiApplication.focusObject()
    edit.setPlainText("Who was paid in herring?")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    await harness.until(lambda: len(fake_model.asked) == 3 and not harness.streaming())
    assert FACT in sent(fake_model)


async def test_what_matches_nothing_is_reported_before_and_after_sending(
    harness: Harness, fake_model: FakeModel, long_book: Path
) -> None:
    await use_passages(harness, long_book)
    harness.type("Refill stations?")
    await harness.until(lambda: text_of(harness) == "Nothing in minutes.pdf matches “refill stations”.")
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: len(harness.messages()) == 2 and harness.notices())
    assert fake_model.asked == []
    assert harness.notices()[0] == "Nothing in minutes.pdf matches “refill stations”."
    harness.click_control(Verb.FAILURE_ACTION, action="send_without_passages")
    await harness.until(lambda: harness.answer() == "Yes.")
    assert "No passage of this document matches the question." in sent(fake_model)


async def test_the_model_suggests_words_when_those_of_the_question_are_in_no_passage(
    harness: Harness, fake_model: FakeModel, long_book: Path
) -> None:
    fake_model.says("keeper paid\nherring salary")
    await use_passages(harness, long_book)
    harness.type("Refill stations?")
    await harness.until(lambda: "Let the model suggest search terms" in buttons(harness))
    press(harness, "suggest")
    await harness.until(lambda: text_of(harness).endswith("will be sent, found with “keeper paid, herring salary”."))
    assert "Refill stations?" in fake_model.last_question()
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: harness.answer() == "Yes.")
    assert FACT in sent(fake_model)


async def test_suggested_words_are_for_one_question(harness: Harness, fake_model: FakeModel, long_book: Path) -> None:
    fake_model.says("herring salary")
    await use_passages(harness, long_book)
    harness.type("Refill stations?")
    await harness.until(lambda: "Let the model suggest search terms" in buttons(harness))
    press(harness, "suggest")
    await harness.until(lambda: documents(harness)[0].passages)
    harness.type(" Or budgets?")
    await harness.until(lambda: not documents(harness)[0].passages and "passages of" in text_of(harness))


async def test_words_that_do_not_help_either_are_said(harness: Harness, fake_model: FakeModel, long_book: Path) -> None:
    fake_model.says("vending machines")
    await use_passages(harness, long_book)
    harness.type("Refill stations?")
    await harness.until(lambda: "Let the model suggest search terms" in buttons(harness))
    press(harness, "suggest")
    await harness.until(lambda: text_of(harness).endswith("Nor “vending machines”, as the model suggests."))
    assert buttons(harness) == ["Change…"]


async def test_the_choice_can_be_changed_while_a_question_is_written(
    harness: Harness, fake_model: FakeModel, long_book: Path
) -> None:
    await use_passages(harness, long_book)
    harness.type("Who was paid in herring?")
    await harness.until(lambda: "passages of minutes.pdf will be sent" in text_of(harness))
    press(harness, "change")
    await harness.until(lambda: harness.window.findChild(QMenu, "documentMenu"))
    actions = harness.window.findChild(QMenu, "documentMenu").actions()
    assert [each.text() for each in actions] == ["Send the whole text", "Summarise first", "Show the document"]
    actions[1].trigger()
    await harness.until(lambda: documents(harness)[0].sent_as is SentAs.SUMMARY)


async def test_a_line_below_the_question_says_that_nothing_matched(
    harness: Harness, fake_model: FakeModel, long_book: Path
) -> None:
    await use_passages(harness, long_book)
    harness.ask("Refill stations, Miller?")
    await harness.until(lambda: len(harness.messages()) == 2 and harness.notices())
    document = harness.transcript.document
    assert [document[index].remark for index in (0, 1)] == ["", ""], "the notice says it already"
    below = document[0].total_height
    harness.click_control(Verb.FAILURE_ACTION, action="send_without_passages")
    await harness.until(lambda: harness.answer() == "Yes.")
    assert document[0].remark == "Nothing in minutes.pdf matches “Refill stations Miller”"
    assert document.top(1) >= document[0].total_height > below
    await harness.ask_and_wait("Who was paid in herring?")
    assert document[2].remark == ""


async def test_a_question_without_words_of_its_own_is_about_the_one_before_and_the_strip_says_so(
    harness: Harness, fake_model: FakeModel, long_book: Path
) -> None:
    await use_passages(harness, long_book)
    await harness.ask_and_wait("Who was paid in herring?")
    harness.type("And why?")
    await harness.until(lambda: "passages of minutes.pdf will be sent" in text_of(harness))
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: len(fake_model.asked) == 2 and not harness.streaming())
    assert FACT in sent(fake_model)
    assert sent(fake_model).endswith("And why?")


async def test_the_choice_is_kept_in_the_draft_and_can_be_taken_back(harness: Harness, long_book: Path) -> None:
    await harness.ask_and_wait("First")
    await use_passages(harness, long_book)
    harness.window.navigation.new_chat()
    assert names(harness) == []
    harness.click_row("First")
    await harness.until(lambda: documents(harness) and documents(harness)[0].sent_as is SentAs.PASSAGES)
    await harness.until(lambda: buttons(harness) == ["Change…"])
    press(harness, "change")
    await harness.until(lambda: harness.window.findChild(QMenu, "documentMenu"))
    harness.window.findChild(QMenu, "documentMenu").actions()[0].trigger()
    await harness.until(lambda: "Use the relevant passages" in buttons(harness))


async def test_a_document_that_fills_the_context_is_sent_whole_after_one_click(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    await attach(harness, book(tmp_path / "half.pdf", pages=13, fact_on=12))
    harness.type("Who was paid in herring?")
    await harness.until(lambda: "fills the context" in text_of(harness))
    assert set(buttons(harness)) == {"Choose pages…", "Use the relevant passages", "Send the whole text"}
    press(harness, "whole")
    await harness.until(lambda: harness.answer() == "Yes.")
    assert FACT in sent(fake_model)
    assert "[page 1]" in sent(fake_model)


async def start_summary(harness: Harness, path: Path) -> None:
    await attach(harness, path)
    await harness.until(lambda: "Summarise first" in buttons(harness))
    press(harness, "summarise")


async def test_a_summary_is_written_in_steps_and_sent_in_place_of_the_text(
    harness: Harness, fake_model: FakeModel, long_book: Path
) -> None:
    goes_on = asyncio.Event()
    fake_model.says("The keeper had herring [page 31].")
    fake_model.says(goes_on, "The rest was postponed.")
    await start_summary(harness, long_book)
    await harness.until(lambda: text_of(harness).startswith("Summarising minutes.pdf: part 2 of "))
    assert buttons(harness) == ["Stop"]
    goes_on.set()
    await harness.until(lambda: text_of(harness).startswith("A summary of minutes.pdf will be sent"))
    assert documents(harness)[0].sent_as is SentAs.SUMMARY
    asked = len(fake_model.asked)
    assert "The keeper had herring" in fake_model.asked[-1]["messages"][-1]["content"]
    await harness.ask_and_wait("Who was paid in herring?")
    assert len(fake_model.asked) == asked + 1
    assert 'content="summary"' in sent(fake_model)
    assert FACT not in sent(fake_model)


async def test_a_stopped_summary_loses_nothing(harness: Harness, fake_model: FakeModel, long_book: Path) -> None:
    never = asyncio.Event()
    fake_model.says("First notes.")
    fake_model.says(never, "Never said.")
    harness.type("Who was paid in herring?")
    await start_summary(harness, long_book)
    await harness.until(lambda: text_of(harness).startswith("Summarising minutes.pdf: part 2 of "))
    await harness.until(lambda: len(fake_model.asked) == 2)
    press(harness, "stop")
    await harness.until(lambda: "Use the relevant passages" in buttons(harness))
    assert harness.edit.text() == "Who was paid in herring?"
    press(harness, "summarise")
    await harness.until(lambda: documents(harness)[0].sent_as is SentAs.SUMMARY)
    assert fake_model.asked[2]["messages"] == fake_model.asked[1]["messages"]
    never.set()


async def test_the_summary_of_a_document_that_is_removed_is_stopped(
    harness: Harness, fake_model: FakeModel, long_book: Path
) -> None:
    never = asyncio.Event()
    fake_model.says(never, "Never said.")
    await start_summary(harness, long_book)
    await harness.until(lambda: fake_model.asked)
    (document,) = documents(harness)
    QTest.keyClick(chips(harness)[0], Qt.Key.Key_Delete)
    await harness.until(lambda: strip(harness) is None)
    assert harness.program.chat.summaries.get().job(document) is None
    never.set()


async def test_a_summary_that_fails_says_why_and_can_be_tried_again(
    harness: Harness, fake_model: FakeModel, long_book: Path
) -> None:
    fake_model.answers.append(ScriptedAnswer((), error="out of order"))
    await start_summary(harness, long_book)
    await harness.until(lambda: "has not been summarised" in text_of(harness))
    assert buttons(harness) == ["Dismiss", "Try again"]
    press(harness, "again")
    await harness.until(lambda: documents(harness)[0].sent_as is SentAs.SUMMARY)


async def test_a_summary_goes_on_while_another_chat_is_shown(
    harness: Harness, fake_model: FakeModel, long_book: Path
) -> None:
    await harness.ask_and_wait("First")
    goes_on = asyncio.Event()
    fake_model.says(goes_on, "Notes.")
    await start_summary(harness, long_book)
    await harness.until(lambda: "part 1 of" in text_of(harness))
    harness.window.navigation.new_chat()
    await harness.until(lambda: strip(harness) is None)
    goes_on.set()
    harness.click_row("First")
    await harness.until(lambda: documents(harness) and documents(harness)[0].sent_as is SentAs.SUMMARY)


async def test_the_passages_can_be_sent_when_a_server_refuses_the_text(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    refusal = "request (1500 tokens) exceeds the available context size (1000 tokens), try increasing it"
    fake_model.says(refusal=reply({"error": refusal}, 400))
    await attach(harness, book(tmp_path / "short.pdf", pages=6, fact_on=4))
    harness.ask("Who was paid in herring?")
    await harness.until(lambda: len(harness.messages()) == 2 and "[Use the relevant passages]" in harness.notices())
    harness.click_control(Verb.FAILURE_ACTION, action="use_passages")
    await harness.until(lambda: harness.answer() == "Yes." and not harness.streaming())
    assert FACT in sent(fake_model)
    assert "[page 1]" not in sent(fake_model)
    assert 'content="passages"' in sent(fake_model)


async def test_a_larger_context_is_offered_where_the_chat_can_have_one(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    await harness.ask_and_wait("First")
    conversations = harness.program.chat.conversations
    await conversations.set_parameters(harness.chat(), Parameters(num_ctx=2_048))
    await attach(harness, book(tmp_path / "minutes.pdf", pages=12))
    await harness.until(lambda: "Use a 4K context" in buttons(harness))
    press(harness, "larger")
    await harness.until(lambda: "fills the context" in text_of(harness))
    assert conversations.get(harness.chat()).parameters.num_ctx == 4_096


async def test_the_same_document_is_summarised_once_by_the_same_model(
    harness: Harness, fake_model: FakeModel, long_book: Path
) -> None:
    await start_summary(harness, long_book)
    await harness.until(lambda: documents(harness)[0].sent_as is SentAs.SUMMARY)
    (first,) = documents(harness)
    asked = len(fake_model.asked)
    harness.chat_page.composer.set_attachments(())
    await start_summary(harness, long_book)
    await harness.until(lambda: documents(harness)[0].sent_as is SentAs.SUMMARY)
    assert documents(harness)[0].summary_sha256 == first.summary_sha256
    assert len(fake_model.asked) == asked
