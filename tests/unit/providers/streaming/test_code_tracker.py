import pytest

from chatdesk.providers.streaming.think_tag_splitter import CodeTracker

FENCE = "```"


def is_code(before: str, after: str = "", *, final: bool = True, fences: bool = True) -> bool | None:
    tracker = CodeTracker(fences=fences)
    for character in before:
        tracker.advance(character)
    whole = CodeTracker(fences=fences)
    whole.advance(before)
    verdict = whole.is_code(after, final=final)
    assert tracker.is_code(after, final=final) == verdict
    return verdict


@pytest.mark.parametrize(
    "before",
    [
        f"{FENCE}\n",
        f"text\n{FENCE}python\ncode ",
        "~~~\n",
        f"> {FENCE}\n",
        f"1. {FENCE}\n",
        f"{FENCE}\n``\n",
        f"~~~\n{FENCE}\n",
    ],
)
def test_inside_a_fence_everything_is_code(before: str):
    assert is_code(before) is True


@pytest.mark.parametrize(
    "before", ["", "text", "`x`", f"{FENCE}\nx\n{FENCE}\n", f"{FENCE}{FENCE}\nx\n{FENCE}{FENCE}`\n", f"a {FENCE} b\n"]
)
def test_outside_of_code_nothing_is(before: str):
    assert is_code(before) is False


def test_inline_code_needs_its_end_on_the_same_line():
    assert is_code("a `", "` b") is True
    assert is_code("a `", " b") is False
    assert is_code("a `", "\n` b") is False
    assert is_code("a ``", "` b") is False
    assert is_code("a ``", "` b``") is True


def test_inline_code_waits_for_text_that_tells():
    assert is_code("a `", "b", final=False) is None
    assert is_code("a `", "`", final=False) is None  # it may become two
    assert is_code("a `", "` ", final=False) is True
    assert is_code("a `", "x" * 200, final=False) is False


def test_three_backticks_around_words_on_one_line_are_no_fence():
    assert is_code(f"{FENCE}like this{FENCE} and ") is False


def test_fences_can_be_left_out_of_account():
    assert is_code(f"{FENCE}\n", fences=False) is False
