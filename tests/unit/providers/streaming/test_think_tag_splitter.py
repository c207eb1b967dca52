import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.stream_events import ReasoningDelta, TextDelta, TextWasReasoning
from chatdesk.kernel.models.think_tags import ThinkTags
from chatdesk.providers.streaming.think_tag_splitter import CodeTracker, ThinkEvent, ThinkTagSplitter
from tests.unit.providers.cuts import cut, cut_points, single

FENCE = "```"


DEEPSEEK = ThinkTags()


def split(
    *pieces: str, tags: ThinkTags = DEEPSEEK, others: tuple[ThinkTags, ...] = (), muted: bool = False
) -> tuple[str, str]:
    """Return reasoning and text."""
    splitter, answer = ThinkTagSplitter((tags, *others)), GrowingAnswer()
    if muted:
        splitter.mute()
    for event in [*(event for piece in pieces for event in splitter.feed(piece)), *splitter.finish()]:
        answer.apply(event)
    return answer.reasoning, answer.text


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("<think>a</think>b", ("a", "b")),
        ("<think>\na\n</think>\n\nb", ("a\n", "b")),
        (" \n\t<think>a</think>b", ("a", "b")),
        ("<think>\n\n</think>\n\nb", ("", "b")),
        ("plain", ("", "plain")),
        ("  plain\n", ("", "  plain\n")),
        ("", ("", "")),
        ("<think>never closed", ("never closed", "")),
        ("<think>never closed </thin", ("never closed </thin", "")),
        ("<thin", ("", "<thin")),
        ("<", ("", "<")),
        ("a < b", ("", "a < b")),
    ],
)
def test_an_answer_is_split_at_its_tags_wherever_the_pieces_begin(answer: str, expected: tuple[str, str]):
    assert split(answer) == expected
    assert split(*single(answer)) == expected
    for point in range(len(answer)):
        assert split(answer[:point], answer[point:]) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("a</think>b", ("a", "b")),
        ("First,\nthen.\n</think>\n\nAnswer", ("First,\nthen.\n", "Answer")),
        ("</think>\n\nAnswer", ("", "Answer")),
        ("\n\n</think>\n\nAnswer", ("", "Answer")),
        ("a</think>b</think>c", ("a", "b</think>c")),
        ("a\n</think>", ("a\n", "")),
    ],
)
def test_a_closing_tag_alone_turns_what_came_before_into_reasoning_once(answer: str, expected: tuple[str, str]):
    assert split(answer) == expected
    assert split(*single(answer)) == expected


def test_text_shown_before_a_lone_closing_tag_is_taken_back_by_an_event():
    splitter = ThinkTagSplitter()
    assert splitter.feed("hm") == [TextDelta("hm")]
    assert splitter.feed("</think>") == [TextWasReasoning()]
    assert splitter.feed("\n\nYes.") == [TextDelta("Yes.")]
    assert splitter.found_reasoning


@pytest.mark.parametrize(
    "answer",
    [
        "Models write <think>…</think> around it.",
        "It opens with <think> and ends with </think>.",
        "Use `</think>` to end it.",
        "Use ``a ` </think>`` to end it.",
        f"Like so:\n{FENCE}\n<think>\nhm\n</think>\n{FENCE}\nDone.",
        f"Like so:\n\n{FENCE}text\n</think>\n{FENCE}\nDone.",
        f"- item\n  {FENCE}\n  </think>\n  {FENCE}\n",
        "~~~\n</think>\n~~~\n",
        f"{FENCE}{FENCE}\n{FENCE}\n</think>\n{FENCE}{FENCE}\n",
        "<thinking>a</thinking>b",
        "◁think▷a◁/think▷b",
        "<THINK>a</THINK>b",
        "<think >a</think >b",
        "x <think>never closed",
        "`<think>` at the very start",
    ],
)
def test_tags_in_code_in_mid_answer_or_in_another_spelling_are_text(answer: str):
    assert split(answer) == ("", answer)
    assert split(*single(answer)) == ("", answer)


def test_tags_after_the_reasoning_are_text():
    assert split("<think>a</think>b <think>c</think> d</think>") == ("a", "b <think>c</think> d</think>")


def test_reasoning_ends_at_its_first_closing_tag_even_if_it_repeats_the_opening_one():
    assert split("<think>a<think>b</think>c</think>d") == ("a<think>b", "c</think>d")


def test_reasoning_may_speak_of_the_closing_tag_in_inline_code():
    answer = "<think>The tag is `</think>`, I think.</think>Yes."
    assert split(*single(answer)) == split(answer) == ("The tag is `</think>`, I think.", "Yes.")


@pytest.mark.parametrize("draft", [f"{FENCE}python\nprint(", "a forgotten ` here ", "`x\n"])
def test_code_left_open_in_the_reasoning_does_not_swallow_the_answer(draft: str):
    assert split(f"<think>{draft}</think>Answer") == (draft, "Answer")
    assert split(*single(f"<think>{draft}</think>\nAnswer")) == (draft, "Answer")


@pytest.mark.parametrize(
    "draft",
    ["a forgotten ` here\n", "a forgotten ` here ", f"{FENCE}closed{FENCE} on its line\n", f"{FENCE}\nx\n{FENCE}\n"],
)
def test_code_that_has_ended_does_not_protect_a_lone_closing_tag(draft: str):
    assert split(f"{draft}</think>Answer") == (draft, "Answer")
    assert split(*single(f"{draft}</think>Answer")) == (draft, "Answer")


def test_an_opening_tag_in_code_has_no_partner_outside():
    assert split("It is `<think>`.\n</think>\n\nYes.") == ("It is `<think>`.\n", "Yes.")


def test_other_pairs_are_found_where_they_are_asked_for():
    kimi = ThinkTags("◁think▷", "◁/think▷")
    assert split(*single("◁think▷a◁/think▷b"), tags=kimi) == ("a", "b")
    assert split("<think>a</think>b", tags=kimi) == ("", "<think>a</think>b")


def test_each_pair_ends_its_own_reasoning_only():
    kimi = ThinkTags("◁think▷", "◁/think▷")
    for answer, expected in (
        ("◁think▷a</think>b◁/think▷c", ("a</think>b", "c")),
        ("<think>a◁/think▷b</think>c", ("a◁/think▷b", "c")),
        ("a◁/think▷b</think>c", ("a", "b</think>c")),
        ("of <think> one says: a◁/think▷b", ("of <think> one says: a", "b")),
    ):
        assert split(answer, others=(kimi,)) == split(*single(answer), others=(kimi,)) == expected


def test_pairs_that_cannot_be_distinguished_give_way_to_the_one_before():
    odd = ThinkTags("<thi", "</thi")
    assert split(*single("<think>a</think>b"), others=(odd,)) == ("a", "b")


_marks = st.text("<>[]|/:=◁▷ab cd 思考", min_size=3, max_size=8)
_pairs = st.builds(ThinkTags, _marks, _marks).filter(lambda pair: pair.fault is None)


@given(_pairs, st.lists(st.integers(0, 7), max_size=25), cut_points)
def test_any_sound_pair_of_one_s_own_is_found_however_the_text_is_cut(
    pair: ThinkTags, choices: list[int], points: tuple[int, ...]
):
    words = (pair.opening, pair.closing, "`", FENCE, "\n", " a", pair.opening[:2], "<think>")
    answer = "".join(words[choice] for choice in choices)
    others = (ThinkTags(),)
    assert split(*cut(answer, points), tags=pair, others=others) == split(answer, tags=pair, others=others)
    assert split(*single(answer), tags=pair, others=others) == split(answer, tags=pair, others=others)


@given(_pairs, st.text(" abcxyz\n", max_size=30), st.text("abcxyz \n", max_size=30))
def test_what_stands_between_tags_of_one_s_own_is_the_reasoning(pair: ThinkTags, thought: str, said: str):
    whole = f"{pair.opening}{thought}{pair.closing}{said}"
    if whole.find(pair.closing) != len(pair.opening) + len(thought):
        return  # the letters of the thought have made a closing tag of their own
    assert split(*single(whole), tags=pair) == (thought.lstrip(), said.lstrip())


@given(_pairs)
def test_tags_of_one_s_own_in_code_or_in_mid_answer_are_text(pair: ThinkTags):
    for answer in (
        f"Like so:\n{FENCE}\n{pair.opening} hm {pair.closing}\n{FENCE}\nDone.",
        f"It writes ` {pair.opening} ` and ` {pair.closing} ` around it.",
        f"First. {pair.opening} hm {pair.closing} Done.",
    ):
        assert split(*single(answer), tags=pair) == ("", answer)


def test_a_tagged_copy_of_reasoning_from_another_field_is_dropped_and_other_tags_are_text():
    assert split("<think>a</think>b", muted=True) == ("", "b")
    assert split("b</think>c", muted=True) == ("", "b</think>c")
    assert split("x <think>a</think>", muted=True) == ("", "x <think>a</think>")


def test_the_start_of_a_tag_is_held_back_and_nothing_more():
    splitter = ThinkTagSplitter()
    assert splitter.feed("a </thi") == [TextDelta("a ")]
    assert splitter.feed("s") == [TextDelta("</this")]
    assert splitter.feed("<think") == []
    assert splitter.finish() == [TextDelta("<think")]


def test_reasoning_is_reported_as_it_comes():
    splitter = ThinkTagSplitter()
    assert splitter.feed("<think>\nI ") == [ReasoningDelta("I ")]
    assert splitter.feed("see") == [ReasoningDelta("see")]


@pytest.mark.parametrize("begin", ["x", "<think>x", "<think>x</think>y"])
def test_pieces_without_a_tag_cost_little(begin: str, monkeypatch: pytest.MonkeyPatch):
    work: list[str] = []
    advance, drain = CodeTracker.advance, ThinkTagSplitter._drain

    def advanced(tracker: CodeTracker, text: str) -> None:
        work.append(text)
        advance(tracker, text)

    def drained(splitter: ThinkTagSplitter, *, final: bool) -> Iterator[ThinkEvent]:
        work.append("")
        return drain(splitter, final=final)

    monkeypatch.setattr(CodeTracker, "advance", advanced)
    monkeypatch.setattr(ThinkTagSplitter, "_drain", drained)
    splitter = ThinkTagSplitter()
    splitter.feed(begin)
    for _ in range(5_000):
        splitter.feed("word")
    assert len(work) <= 5_000 / 100


@given(
    st.lists(
        st.sampled_from(["<think>", "</think>", "`", "``", FENCE, "~~~", "\n", " ", "a", "<", "</th", "- ", ">"]),
        max_size=25,
    ),
    cut_points,
)
def test_any_text_gives_the_same_reasoning_and_answer_however_it_is_cut(words: list[str], points: tuple[int, ...]):
    answer = "".join(words)
    assert split(*cut(answer, points)) == split(answer)
    assert split(*single(answer)) == split(answer)


@given(st.text(max_size=200), cut_points)
def test_text_without_tags_passes_unchanged(answer: str, points: tuple[int, ...]):
    reasoning, text = split(*cut(answer, points))
    assert reasoning == ""
    assert text == (answer if answer.strip() else "")


@given(st.lists(st.sampled_from(["<think>", "</think>", "x", "`", "\n"]), max_size=20))
def test_no_word_is_lost(words: list[str]):
    answer = "".join(words)
    reasoning, text = split(answer)
    assert (reasoning + text).count("x") == answer.count("x")


@pytest.mark.parametrize("piece", ["`", "<", "</think", " ", "\n", "~", "a` </think>"])
def test_hostile_repetition_costs_as_much_as_its_length(piece: str):
    def seconds(times: int) -> float:
        splitter = ThinkTagSplitter()
        began = time.process_time()
        for _ in range(times):
            splitter.feed(piece)
        splitter.finish()
        return time.process_time() - began

    seconds(1000)
    assert seconds(16_000) < 32 * seconds(2000) + 0.1
