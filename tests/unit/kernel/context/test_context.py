"""What fits, what would be left out, and what goes along once a person has said what they want."""

import gc
from dataclasses import replace
from datetime import UTC, datetime
from weakref import ref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.chat.message import ImagePart, Message, MessageState, Role, TextPart
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.context import context_plan as context_record
from chatdesk.kernel.context.context_plan import (
    ContextChoice,
    ContextPlan,
    OverflowPolicy,
    Summary,
    TokenCount,
    TokenCounter,
    count_context,
)
from chatdesk.kernel.context.context_size import (
    ContextBudget,
    context_budget,
    larger_contexts,
    requested_context_length,
)
from chatdesk.kernel.context.token_estimate import USUAL_PICTURES, Calibration, PictureTokens
from chatdesk.kernel.models.model import Model, ModelLoad, ModelRef
from chatdesk.kernel.servers.server import ServerProtocol

MODEL = Model(ModelRef("s", "m"), "m")
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def message(number: int, tokens: int, usage: Usage | None = None) -> Message:
    """A question or, if odd, an answer that weighs so much with what a template puts around it."""
    role = Role.ASSISTANT if number % 2 else Role.USER
    text = (TextPart("a" * 4 * (tokens - 5)),)
    return Message(f"m{number}", "chat", None, number, role, text, MessageState.COMPLETE, MOMENT, usage=usage)


def chat(*tokens: int) -> list[Message]:
    return [message(number, size) for number, size in enumerate(tokens)]


def test_a_chat_that_fits_is_sent_whole():
    fit = count_context(chat(100, 100, 100), "Be brief.").fit(1000)
    assert (fit.tokens, fit.fits, fit.can_fit, fit.left_out) == (300 + 3 + 5, True, True, ())


def test_room_is_kept_for_the_answer():
    counted_context = count_context(chat(700), "")
    assert counted_context.fit(1000).fits
    assert not counted_context.fit(900).fits
    assert counted_context.fit(900, max_answer_tokens=100).fits


def test_whole_exchanges_are_left_out_the_oldest_first():
    fit = count_context(chat(300, 300, 300, 300, 100), "").fit(1000)
    assert fit.left_out == ("m0", "m1")
    assert fit.remaining_tokens == 705
    assert fit.can_fit


def test_a_greeting_goes_with_the_exchange_that_follows_it():
    path = [replace(message(1, 50), id="greeting"), *chat(300, 300, 300, 300, 100)]
    assert count_context(path, "").fit(1000).left_out == ("greeting", "m0", "m1")


def test_the_last_question_always_stays_even_where_it_does_not_fit():
    fit = count_context(chat(100, 100, 5000), "").fit(1000)
    assert fit.left_out == ("m0", "m1")
    assert not fit.can_fit


def test_what_is_being_written_counts_and_may_push_everything_else_out():
    path = chat(400, 400)
    assert count_context(path, "", "").fit(1200).fits
    fit = count_context(path, "", "a" * 2400).fit(1200)
    assert (fit.left_out, fit.can_fit) == (("m0", "m1"), True)


def test_where_nobody_knows_the_room_everything_fits():
    assert count_context(chat(10_000_000), "").fit(None).fits


def test_pictures_weigh_and_what_failed_without_a_word_does_not():
    seen = message(0, 5)
    seen = seen.with_parts((*seen.parts, ImagePart("a" * 64, "image/png", "x.png")))
    assert count_context([seen], "").estimate == TokenCount(5 + 5, USUAL_PICTURES.of(seen.pictures[0]))
    assert count_context([replace(message(1, 5), parts=())], "").estimate == TokenCount(5)


@pytest.mark.parametrize(
    ("counted", "expected", "calibration"),
    [(2000, 1000, 2.0), (900, 1000, 0.9), (99, 50, 1.0), (200, 1000, 1.0), (10000, 1000, 3.0)],
)
def test_what_the_model_counted_before_corrects_the_estimate(counted: int, expected: int, calibration: float):
    path = [message(0, 100), message(1, 100, Usage(counted, 5, expected_prompt_tokens=expected))]
    assert count_context(path, "").calibration.text == pytest.approx(calibration)
    assert count_context(path, "").fit(100_000).tokens == round(205 * calibration)


def test_a_count_that_tells_of_a_silent_cut_corrects_nothing():
    usage = Usage(130, 5, expected_prompt_tokens=810, context_length=256)
    assert usage.prompt_was_cut
    assert count_context([message(0, 100), message(1, 100, usage)], "").calibration == Calibration()


@pytest.mark.parametrize(
    ("usage", "cut"),
    [
        (Usage(130, 8, expected_prompt_tokens=810, context_length=256), True),
        (Usage(246, 8, expected_prompt_tokens=600, context_length=256), True),
        (Usage(20, 8, expected_prompt_tokens=810, context_length=8192), False),
        (Usage(20, 8, expected_prompt_tokens=810), False),
        (Usage(0, 8, expected_prompt_tokens=810, context_length=256), False),
        (Usage(230, 8, expected_prompt_tokens=240, context_length=256), False),
        (Usage(230, 8, context_length=256), False),
        (Usage(), False),
    ],
)
def test_a_silent_cut_is_claimed_only_where_there_was_no_room(usage: Usage, cut: bool):
    assert usage.prompt_was_cut is cut


def test_a_message_is_weighed_once_and_again_when_it_has_changed(monkeypatch: pytest.MonkeyPatch):
    looked_at: list[str] = []

    def estimate(text: str) -> int:
        looked_at.append(text)
        return len(text)

    monkeypatch.setattr("chatdesk.kernel.context.context_plan.estimate_tokens", estimate)
    token_counter, path = TokenCounter(), chat(10, 10)
    first = count_context(path, "", "Hi", token_counter=token_counter).estimate.text
    looked_at.clear()
    assert count_context(path, "", "Hi", token_counter=token_counter).estimate.text == first
    assert looked_at == ["", "Hi"]
    path[1] = path[1].with_text("longer than it was before")
    assert count_context(path, "", "Hi", token_counter=token_counter).estimate.text > first


def test_nothing_is_made_anew_for_messages_that_were_weighed_before():
    """Ten thousand messages are weighed with every pause in typing."""
    token_counter, path = TokenCounter(), chat(10, 10)
    before, after = (count_context(path, "", "Hi", token_counter=token_counter).messages for _ in range(2))
    assert all(old is new for (_, old), (_, new) in zip(before, after, strict=True))


def test_what_weighs_messages_keeps_none_of_them():
    token_counter, path = TokenCounter(), chat(10, 10)
    count_context(path, "", "Hi", token_counter=token_counter)
    references = [ref(message) for message in path]
    path.clear()
    gc.collect()
    assert [message() for message in references] == [None, None]


def test_pictures_are_weighed_for_the_model_that_is_asked():
    token_counter = TokenCounter()
    seen = message(0, 5).with_parts((ImagePart("a" * 64, "image/png", "x.png", 900, 900),))
    for tokens in (256, 576):
        counted_context = count_context([seen], "", token_counter=token_counter, pictures=PictureTokens(tokens))
        assert counted_context.estimate.pictures == tokens


def plan(choice: ContextChoice, summary: Summary | None = None) -> ContextPlan:
    return count_context(chat(300, 300, 300, 300, 100), "").plan(1000, OverflowPolicy(choice, summary))


def test_nothing_is_left_out_before_a_person_has_said_so():
    asking = plan(ContextChoice.ASK)
    assert (asking.needs_decision, asking.first) == (True, 0)
    anyway = plan(ContextChoice.SEND_ANYWAY)
    assert (anyway.needs_decision, anyway.sends_anyway, anyway.first) == (False, True, 0)


def test_the_oldest_are_left_out_if_a_person_wants_that():
    assert (plan(ContextChoice.LEAVE_OUT).first, plan(ContextChoice.LEAVE_OUT).to_summarise) == (2, 0)


def test_old_messages_are_left_out_in_steps_so_that_the_beginning_rarely_changes():
    firsts, leave_out = [], OverflowPolicy(ContextChoice.LEAVE_OUT)
    for length in range(41, 81, 2):
        counted_context = count_context(chat(*[40] * length), "")
        first = counted_context.plan(1000, leave_out).first
        assert counted_context.fit(1000).first <= first
        assert counted_context.after(first).tokens >= 500
        firsts.append(first)
    assert firsts == sorted(firsts)
    assert len(set(firsts)) <= 8 < len({count_context(chat(*[40] * n), "").fit(1000).first for n in range(41, 81, 2)})


def test_a_summary_is_made_with_room_for_what_comes_next():
    wanted = plan(ContextChoice.SUMMARISE)
    assert (wanted.first, wanted.to_summarise, wanted.summary) == (4, 4, None)


def test_a_summary_that_is_there_goes_along_while_it_is_enough():
    summary = Summary("They talked.", "m1")
    planned = plan(ContextChoice.SUMMARISE, summary)
    assert (planned.first, planned.summary, planned.to_summarise) == (2, summary, 0)
    assert plan(ContextChoice.SUMMARISE, Summary("x" * 4000, "m1")).to_summarise == 4
    assert plan(ContextChoice.SUMMARISE, Summary("They talked.", "of another branch")).to_summarise == 4


def test_a_choice_changes_nothing_while_everything_fits():
    fits = count_context(chat(100), "").plan(1000, OverflowPolicy(ContextChoice.SUMMARISE, Summary("x", "m0")))
    assert (fits.first, fits.summary, fits.to_summarise) == (0, None, 0)


@given(st.lists(st.integers(5, 2000), min_size=1, max_size=12), st.integers(128, 6000), st.booleans())
def test_what_is_left_out_is_the_least_that_makes_it_fit(sizes: list[int], length: int, composing: bool):
    path = chat(*sizes)
    counted_context = count_context(path, "", "Hi" if composing else None)
    fit = counted_context.fit(length)
    first = fit.first
    assert fit.left_out == tuple(each.id for each in path[:first] if each.text)
    assert first == len(path) or path[first].role is Role.USER
    assert fit.remaining_tokens == counted_context.after(first).tokens
    if fit.fits:
        assert first == 0
    elif fit.can_fit and first:
        earlier = [n for n in range(first) if path[n].role is Role.USER]
        assert all(counted_context.after(n).tokens + fit.reserved_tokens > length for n in earlier)


@pytest.mark.parametrize(
    ("model", "wanted", "asked"),
    [
        (None, None, 8192),
        (None, 512, 512),
        (replace(MODEL, context_length=4096), None, 4096),
        (replace(MODEL, context_length=131072), None, 8192),
        (replace(MODEL, context_length=131072), 1_000_000, 131072),
        (replace(MODEL, context_length=131072, own_context=2048), None, 2048),
        (replace(MODEL, context_length=131072, load=ModelLoad(32768)), None, 32768),
        (replace(MODEL, context_length=131072, load=ModelLoad(4096)), None, 8192),
        (replace(MODEL, own_context=2048, load=ModelLoad(4096)), 1024, 1024),
        (replace(MODEL, own_context=2048, load=ModelLoad(4096)), None, 4096),
    ],
)
def test_ollama_is_always_asked_for_a_context_of_its_own(model: Model | None, wanted: int | None, asked: int):
    assert requested_context_length(model, wanted) == asked
    budget = context_budget(model, ServerProtocol.OLLAMA, wanted)
    assert (budget.tokens, budget.requested_length, budget.grows) == (asked, asked, wanted is None)


def test_other_servers_have_what_they_have():
    model = replace(MODEL, context_length=4096)
    assert context_budget(model, ServerProtocol.OPENAI, 512) == ContextBudget(4096)
    assert context_budget(None, ServerProtocol.BUILT_IN, None) == ContextBudget()
    assert context_budget(replace(model, remote=True), ServerProtocol.OLLAMA, 512) == ContextBudget(4096)


@pytest.mark.parametrize(
    ("now", "most", "sizes"),
    [
        (8192, 131072, (16384, 32768, 65536, 131072)),
        (8192, 20000, (16384, 20000)),
        (8192, 8192, ()),
        (8192, None, (16384, 32768)),
    ],
)
def test_the_next_sizes_up_end_with_what_the_model_was_trained_for(now: int, most: int | None, sizes: tuple[int, ...]):
    assert larger_contexts(now, most) == sizes


@pytest.mark.parametrize(
    "policy",
    [
        OverflowPolicy(),
        OverflowPolicy(ContextChoice.LEAVE_OUT),
        OverflowPolicy(ContextChoice.SUMMARISE, Summary("到此", "m1")),
        OverflowPolicy(summary=Summary("x", "m1", "ab")),
    ],
)
def test_a_wish_comes_back_from_its_record(policy: OverflowPolicy):
    assert context_record.from_json(context_record.to_json(policy)) == policy


@pytest.mark.parametrize("text", ["", "x", "[]", '{"choice":"later"}', '{"choice":7,"summary":{"text":1}}', "[" * 9999])
def test_a_record_that_is_odd_is_no_wish(text: str):
    assert context_record.from_json(text) == OverflowPolicy()


def test_what_is_sent_is_reported_in_parts():
    plan = count_context(chat(100, 200), "Be brief.", "a" * 160).plan(1000, OverflowPolicy())
    use = plan.use
    assert (use.instructions, use.history, use.draft, use.pictures) == (3 + 5, 300, 40 + 5, 0)
    assert (use.tokens, use.reserved, use.context_length, use.fits) == (plan.fit.tokens, 250, 1000, True)
    assert use.share == pytest.approx(0.353)


def test_pictures_of_messages_and_of_the_draft_are_one_part():
    picture = ImagePart("a" * 64, "image/png", "a.png", 10, 640, 480)
    question = replace(message(0, 100), parts=(picture, *message(0, 100).parts))
    (one,) = (count_context([question], "").plan(9_000, OverflowPolicy()).use,)
    two = count_context([question], "", "", [picture]).plan(9_000, OverflowPolicy()).use
    assert one.pictures > 0
    assert two.pictures == 2 * one.pictures
    assert two.tokens == count_context([question], "", "", [picture]).tokens


def test_what_is_left_out_is_not_counted_as_used():
    counted_context = count_context(chat(400, 400, 400), "", "Next")
    asked = counted_context.plan(1000, OverflowPolicy())
    assert not asked.use.fits
    left_out = counted_context.plan(1000, OverflowPolicy(ContextChoice.LEAVE_OUT))
    assert left_out.use.fits
    assert left_out.use.history == 400


def test_a_summary_counts_as_instructions():
    path = chat(400, 400, 400)
    summary = Summary("s" * 400, "m1")
    plan = count_context(path, "", "Next").plan(1000, OverflowPolicy(ContextChoice.SUMMARISE, summary))
    assert plan.summary == summary
    assert (plan.use.instructions, plan.use.history) == (5 + 100, 400)


def test_an_unknown_context_has_no_share_and_keeps_nothing():
    use = count_context(chat(100), "").plan(None, OverflowPolicy()).use
    assert (use.share, use.reserved, use.fits, use.tokens) == (None, 0, True, 105)
