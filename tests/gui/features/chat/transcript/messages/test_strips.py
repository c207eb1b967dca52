"""What stands around an answer: what goes on before it, its reasoning, its statistics, why it ended."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations

import pytest
from PySide6.QtCore import QLocale, QRect

from chatdesk.features.chat.ui.transcript.controls import Command, Verb
from chatdesk.features.chat.ui.transcript.messages.actions_row import ActionsRow
from chatdesk.features.chat.ui.transcript.messages.answer_body import StageLine
from chatdesk.features.chat.ui.transcript.messages.message_notice import notices_of
from chatdesk.features.chat.ui.transcript.messages.notice_strip import Notice, NoticeButton, NoticeStrip, Tone
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.kernel.chat.message import FinishReason, Message, MessageState, ReasoningPart, TextPart
from chatdesk.kernel.chat.stream_events import AnswerStage, AnswerStageChanged, ReasoningDelta, TextDelta, UsageReported
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.style.appearance import Appearance
from tests.fakes.fixed_preferences import FixedPreferences
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import REASONING, answer, describe, failed_chat, question

STREAMING = answer("", state=MessageState.STREAMING)
LONG = "\n\n".join(f"Thought number {number}." for number in range(30))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("stage", "seconds", "expected"),
    [
        (AnswerStageChanged(AnswerStage.CONNECTING), 0, "Connecting"),
        (AnswerStageChanged(AnswerStage.LOADING_MODEL), 4, "Loading the model 4 s"),
        (AnswerStageChanged(AnswerStage.READING_PROMPT, 48, 100), 9, "Reading the prompt 48%"),
        (AnswerStageChanged(AnswerStage.READING_PROMPT), 9, "Reading the prompt 9 s"),
        (AnswerStageChanged(AnswerStage.THINKING), 75, "Thinking 1 min 15 s"),
        (AnswerStageChanged(AnswerStage.WAITING), 3, "Waiting for the server 3 s"),
        (AnswerStageChanged(AnswerStage.STARTING_ENGINE), 1, "Starting the built-in model"),
        (AnswerStageChanged(AnswerStage.SERVER_BUSY, seconds=3), 9, "Server busy. Retrying in 3 s"),
        (AnswerStageChanged(AnswerStage.RECONNECTING, seconds=1), 9, "No response. Retrying in 1 s"),
    ],
)
def test_before_the_first_token_it_is_reported_what_goes_on(
    stage: AnswerStageChanged, seconds: int, expected: str, page: PageContext
) -> None:
    line = StageLine()
    line.change(stage)
    assert line.text(page, seconds) == expected


def test_the_stage_is_seen_until_something_comes(reader: Reader) -> None:
    reader.show([question("Go"), STREAMING])
    item = reader.view.document[1]
    assert item.body.waiting
    before = reader.look()
    reader.view.grow("m1", (AnswerStageChanged(AnswerStage.READING_PROMPT, 1, 2),))
    assert reader.look() != before
    reader.view.grow("m1", (TextDelta("First"),))
    assert not item.body.waiting


def test_seconds_run_while_an_answer_is_waited_for_and_stop_with_it(reader: Reader, qtbot) -> None:
    qtbot.waitExposed(reader.view)
    reader.show([question("Go"), STREAMING])
    clocks = reader.view._seconds
    assert clocks._seconds.isActive()
    assert clocks._frames.isActive()
    before = reader.look()
    reader.clock.now += 7
    assert reader.look() != before
    reader.view.grow("m1", (TextDelta("First"),))
    assert not clocks._frames.isActive()
    reader.view.change_message(answer("First"))
    assert not clocks._seconds.isActive()


def test_no_clock_runs_behind_a_hidden_view(reader: Reader) -> None:
    reader.show([question("Go"), STREAMING])
    reader.view.hide()
    assert not reader.view._seconds._seconds.isActive()
    reader.view.show()
    assert reader.view._seconds._seconds.isActive()


def test_nothing_turns_where_the_system_asks_for_less_motion(
    reader: Reader, preferences: FixedPreferences, appearance: Appearance
) -> None:
    preferences.set(reduced_motion=True)
    assert appearance.theme.duration("spinnerTurn") == 0
    reader.show([question("Go"), STREAMING])
    assert not reader.view._seconds._frames.isActive()
    assert reader.view._seconds.rotation() == 0


def think(reader: Reader, text: str = LONG) -> None:
    reader.show([question("Go"), STREAMING])
    reader.view.grow("m1", (ReasoningDelta(text),))


def test_a_running_reasoning_shows_its_tail_and_its_seconds(reader: Reader) -> None:
    think(reader)
    strip = reader.view.document[1].body.reasoning
    reader.clock.now += 18
    reader.view.document[1].tick()
    assert strip.head_text == ("Thinking", "18 s")
    assert strip.body.height() == 184
    assert strip.fades
    reader.place_of(1, "Thought number 29.")


def test_a_short_reasoning_is_no_higher_than_its_words(reader: Reader) -> None:
    think(reader, "A thought.")
    assert reader.view.document[1].body.reasoning.body.height() == 24 + 8


def test_reasoning_folds_when_the_answer_begins_and_tells_how_long_it_took(reader: Reader) -> None:
    think(reader)
    reader.clock.now += 12
    reader.view.grow("m1", (TextDelta("The answer."),))
    strip = reader.view.document[1].body.reasoning
    assert not strip.open
    assert strip.head_text == ("Thought for 12 s", "")


def test_what_the_reader_closed_stays_closed(reader: Reader) -> None:
    think(reader)
    reader.click_control(1, Verb.FOLD_REASONING)
    reader.view.grow("m1", (ReasoningDelta("more"),))
    assert not reader.view.document[1].body.reasoning.open


def test_what_the_reader_opened_stays_open_and_is_shown_whole(reader: Reader) -> None:
    think(reader)
    reader.click_control(1, Verb.FOLD_REASONING)
    reader.click_control(1, Verb.FOLD_REASONING)
    reader.view.grow("m1", (TextDelta("The answer."),))
    strip = reader.view.document[1].body.reasoning
    assert strip.open
    assert strip.body.height() > 600


@pytest.mark.parametrize(
    ("display", "while_running", "after"), [("auto", True, False), ("open", True, True), ("folded", False, False)]
)
def test_reasoning_is_shown_as_the_setting_says(display: str, while_running: bool, after: bool, reader: Reader) -> None:
    think(reader)
    reader.view.set_reasoning_display(display)
    assert reader.view.document[1].body.reasoning.open is while_running
    reader.view.change_message(answer("The answer.", reasoning=LONG))
    assert reader.view.document[1].body.reasoning.open is after
    reader.show([question("Hi", 0, "other"), answer("Yes.", 1, reasoning="No.", chat="other")])
    assert reader.view.document[1].body.reasoning.open is after


def test_the_tokens_of_the_reasoning_are_reported_where_the_server_counts(reader: Reader) -> None:
    think(reader)
    before = reader.look()
    reader.view.grow("m1", (UsageReported(Usage(10, 624)),))
    assert reader.view.document[1].body.reasoning.tokens == 624
    assert reader.look() != before


def test_reasoning_without_a_word_is_not_shown(reader: Reader) -> None:
    reader.show([question("Go"), answer("Yes.", reasoning="\n\n")])
    assert Verb.FOLD_REASONING not in {control.command.verb for control in reader.controls(1)}


def statistics(page: PageContext, width: int, usage: Usage | None) -> str:
    return ActionsRow(replace(answer("x"), usage=usage), (0, 1), page).statistics(width)


def test_statistics_tell_what_there_is(page: PageContext) -> None:
    time = QLocale().toString(
        datetime(2026, 11, 24, 14, 32, tzinfo=UTC).astimezone().time(), QLocale.FormatType.ShortFormat
    )
    begin = f"{time} · deepseek-r1:14b"
    assert statistics(page, 736, Usage(1, 874, 41.84, 21_000)) == f"{begin} · 874 tokens · 41.8 tokens/s"
    assert statistics(page, 736, Usage(1, 12_345)) == f"{begin} · 12,345 tokens"
    assert statistics(page, 736, None) == begin


def test_statistics_give_way_where_room_is_short(page: PageContext) -> None:
    usage = Usage(1, 874, 41.8, 21_000)
    whole = statistics(page, 736, usage)
    assert statistics(page, 380, usage) == whole.split(" · ")[0]
    assert whole.startswith(statistics(page, 500, usage))


def test_a_long_name_of_a_model_leaves_room_for_the_figures(page: PageContext) -> None:
    message = replace(answer("x"), model=ModelRef("ollama", "organisation/" + "very-" * 30 + "long:70b"), usage=None)
    text = ActionsRow(message, (0, 1), page).statistics(736)
    assert "…" in text
    assert text.endswith("70b")


def test_the_tooltip_of_the_statistics_tells_everything(page: PageContext) -> None:
    usage = Usage(1_900, 874, 41.84, 21_000, first_token_milliseconds=420)
    row = ActionsRow(replace(answer("x"), usage=usage), (0, 1), page)
    assert row.statistics_at(735, 736).split("\n")[1:] == [
        "deepseek-r1:14b",
        "1,900 tokens read",
        "874 tokens written",
        "41.8 tokens/s",
        "First token after 0.4 s",
        "21 s in total",
    ]
    assert row.statistics_at(100, 736) == ""


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        (answer("", reasoning="hm"), "The model produced only reasoning and no answer."),
        (
            replace(answer("", reasoning="hm"), finish=FinishReason.LENGTH),
            "The model reached the maximum length while still reasoning. There is no answer yet.",
        ),
        (answer(""), "The model gave no answer."),
        (replace(answer("Half"), finish=FinishReason.LENGTH), "The answer reached the maximum length."),
        (
            replace(answer("Half"), finish=FinishReason.CONTENT_FILTER),
            "This answer was cut off by the server's content filter.",
        ),
        (
            replace(answer(""), finish=FinishReason.CONTENT_FILTER),
            "This answer was cut off by the server's content filter.",
        ),
        (
            replace(answer("Half"), finish=FinishReason.ABORTED),
            "The server stopped this answer. The text received so far is kept.",
        ),
        (
            replace(answer("a"), parts=(TextPart("a\ufffdb", damaged=True),)),
            "Some characters arrived damaged and are shown as �.",
        ),
    ],
)
def test_an_answer_that_says_nothing_or_stops_short_says_why(
    page: PageContext, message: Message, sentence: str
) -> None:
    (notice,) = notices_of(message, page.texts, describe)
    assert notice.sentence == sentence
    assert Verb.REGENERATE in [button.command.verb for button in notice.buttons]


def test_where_an_answer_was_cut_off_as_well_only_that_notice_offers_the_ways_on(page: PageContext) -> None:
    message = replace(answer("x", state=MessageState.STOPPED), parts=(TextPart("a\ufffdb", damaged=True),))
    damaged, stopped = notices_of(message, page.texts, describe)
    assert (damaged.sentence, damaged.buttons) == ("Some characters arrived damaged and are shown as �.", ())
    assert Verb.CONTINUE in [button.command.verb for button in stopped.buttons]


LOST = failed_chat()[1].failure


@pytest.mark.parametrize(
    "ended",
    [
        answer("", state=MessageState.STOPPED),
        answer(" \n", state=MessageState.STOPPED),
        answer("", state=MessageState.INTERRUPTED),
        answer("", state=MessageState.INTERRUPTED, failure=LOST),
        answer("", state=MessageState.FAILED, failure=LOST),
    ],
)
def test_an_answer_that_never_came_to_its_first_word_is_only_asked_for_again(page: PageContext, ended: Message) -> None:
    (notice,) = notices_of(ended, page.texts, describe)
    (again,) = notice.buttons
    assert again.command in {Command(Verb.REGENERATE), Command(Verb.FAILURE_ACTION, "retry")}
    assert again.filled == (ended.state is MessageState.FAILED)
    for part in (TextPart("It"), ReasoningPart("Hm")):
        *_, last = notices_of(replace(ended, parts=(part,)), page.texts, describe)[-1].buttons
        assert last.command in {Command(Verb.CONTINUE), Command(Verb.FAILURE_ACTION, "continue")}


def test_a_reason_nobody_knows_is_reported_with_the_details(page: PageContext) -> None:
    row = ActionsRow(replace(answer("x"), finish=FinishReason.OTHER, usage=None), (0, 1), page)
    assert row.details()[-1] == "The server returned an unknown finish reason"
    assert notices_of(replace(answer("x"), finish=FinishReason.OTHER), page.texts, describe) == ()


def test_the_details_tell_how_much_of_the_prompt_came_from_the_cache(page: PageContext) -> None:
    usage = Usage(prompt_tokens=2_372, completion_tokens=1, cached_prompt_tokens=1_948)
    details = ActionsRow(replace(answer("x"), usage=usage), (0, 1), page).details()
    assert [line for line in details if "tokens" in line or "cache" in line][:2] == [
        "2,372 tokens read",
        "1,948 of them from the cache",
    ]


def test_an_answer_that_says_something_has_no_notice(page: PageContext) -> None:
    assert notices_of(answer("Yes.", reasoning="hm"), page.texts, describe) == ()
    assert notices_of(question(""), page.texts, describe) == ()


def strip(index: int, page: PageContext, width: int = 736) -> NoticeStrip:
    (notice,) = notices_of(failed_chat()[index], page.texts, describe)
    return NoticeStrip(notice, 0, page, width)


def test_a_notice_of_one_line_is_as_high_as_the_design_says(page: PageContext) -> None:
    assert strip(5, page).height == 44


def test_buttons_that_have_no_room_beside_the_sentence_stand_below_it(page: PageContext) -> None:
    wide, narrow = strip(5, page), strip(5, page, 330)
    assert narrow.height > wide.height
    assert all(control.rect.left() >= 0 and control.rect.right() < 330 for control in narrow.controls())
    assert all(control.rect.bottom() < narrow.height for control in narrow.controls())


def test_the_best_step_stands_last_and_is_filled_where_nothing_came(page: PageContext) -> None:
    *_, last = strip(3, page).controls()
    assert (last.caption, last.style.name) == ("Try again", "FILLED")
    *_, last = strip(1, page).controls()
    assert (last.caption, last.style.name) == ("Continue", "OUTLINED")


@pytest.mark.parametrize(
    ("message", "tone"),
    [
        (answer("x", state=MessageState.STOPPED), Tone.NEUTRAL),
        (answer("x", state=MessageState.INTERRUPTED), Tone.WARNING),
        (answer("x", state=MessageState.FAILED), Tone.DANGER),
        (replace(answer("x"), finish=FinishReason.LENGTH), Tone.WARNING),
    ],
)
def test_how_an_answer_ended_sets_the_tone(message: object, tone: Tone, page: PageContext) -> None:
    (notice,) = notices_of(message, page.texts, describe)  # type: ignore[arg-type]
    assert notice.tone is tone


def test_a_good_answer_has_no_notice(page: PageContext) -> None:
    assert notices_of(answer("x", reasoning=REASONING), page.texts, describe) == ()


@pytest.mark.parametrize("width", [220, 260, 380, 520, 900])
def test_no_button_of_a_notice_leaves_the_strip_or_lies_over_another(page: PageContext, width: int) -> None:
    captions = (
        "Choose a model",
        "Send anyway",
        "Summarise oldest",
        "Leave out oldest",
        "Use a 4K context",
    )
    buttons = tuple(NoticeButton(Command(Verb.FAILURE_ACTION, caption), caption) for caption in captions)
    strip = NoticeStrip(
        Notice(Tone.DANGER, "circle-alert", "This chat is longer than the model can read.", "", buttons, "details"),
        0,
        page,
        width,
    )
    rects = [control.rect for control in strip.controls()]
    assert len(rects) == 6
    assert all(QRect(0, 0, width, strip.height).contains(rect) for rect in rects)
    assert not any(one.intersects(other) for one, other in combinations(rects, 2))
    assert rects[-1].bottom() == max(rect.bottom() for rect in rects), "the best step comes last"
