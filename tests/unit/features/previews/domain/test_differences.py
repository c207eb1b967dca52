"""What is shown of two texts."""

import difflib
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.previews.domain.differences import MAX_LINES, Hunk, LineKind, TooDifferent, differences

pytestmark = pytest.mark.thorough

LINES = st.lists(st.sampled_from(["a", "b", "c", "", "}"]), max_size=14)


def hunks(old: str, new: str, around: int = 3) -> tuple[Hunk, ...]:
    found = differences(old, new, around)
    assert not isinstance(found, TooDifferent)
    return found


def shown(hunk: Hunk) -> list[str]:
    marks = {LineKind.SAME: " ", LineKind.ADDED: "+", LineKind.REMOVED: "-"}
    return [f"{marks[line.kind]}{line.text}" for line in hunk.lines]


def test_a_changed_line_is_shown_with_what_is_around_it() -> None:
    old = "\n".join("abcdefghi")
    (hunk,) = hunks(old, old.replace("e", "E"), 2)
    assert shown(hunk) == [" c", " d", "-e", "+E", " f", " g"]
    assert [(line.old, line.new) for line in hunk.lines] == [(3, 3), (4, 4), (5, None), (None, 5), (6, 6), (7, 7)]
    assert (hunk.added, hunk.removed) == (1, 1)


def test_changes_far_from_each_other_are_two_hunks_and_near_ones_are_one() -> None:
    old = "\n".join("abcdefghijkl")
    assert len(hunks(old, old.replace("b", "B").replace("k", "K"), 2)) == 2
    assert len(hunks(old, old.replace("b", "B").replace("g", "G"), 2)) == 1


@pytest.mark.parametrize(("old", "new"), [("", ""), ("a\nb", "a\nb"), ("a\r\nb\r\n", "a\nb")])
def test_ends_of_lines_are_no_difference(old: str, new: str) -> None:
    assert hunks(old, new) == ()


def test_a_text_from_nothing_is_all_new() -> None:
    assert [shown(hunk) for hunk in hunks("", "a\nb\n")] == [["+a", "+b"]]


@given(LINES, LINES)
def test_the_hunks_turn_the_old_text_into_the_new_one(old: list[str], new: list[str]) -> None:
    found = hunks("".join(f"{line}\n" for line in old), "".join(f"{line}\n" for line in new), 10_000)
    if old == new:
        assert found == ()
        return
    (hunk,) = found
    before = [line for line in hunk.lines if line.kind is not LineKind.ADDED]
    after = [line for line in hunk.lines if line.kind is not LineKind.REMOVED]
    assert [(line.old, line.text) for line in before] == list(enumerate(old, 1))
    assert [(line.new, line.text) for line in after] == list(enumerate(new, 1))


@given(LINES, LINES)
def test_no_more_is_changed_than_difflib_finds(old: list[str], new: list[str]) -> None:
    found = hunks("".join(f"{line}\n" for line in old), "".join(f"{line}\n" for line in new))
    same = sum(block.size for block in difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks())
    assert sum(hunk.added + hunk.removed for hunk in found) <= len(old) + len(new) - 2 * same


@given(LINES, LINES, st.integers(0, 3))
def test_hunks_are_apart_and_have_what_is_around_them(old: list[str], new: list[str], around: int) -> None:
    whole = hunks("".join(f"{line}\n" for line in old), "".join(f"{line}\n" for line in new), 10_000)
    found = hunks("".join(f"{line}\n" for line in old), "".join(f"{line}\n" for line in new), around)
    lines = [line for hunk in whole for line in hunk.lines]
    changed = [index for index, line in enumerate(lines) if line.kind is not LineKind.SAME]
    near = [line for index, line in enumerate(lines) if any(abs(index - other) <= around for other in changed)]
    assert [line for hunk in found for line in hunk.lines] == near


def test_texts_with_nothing_in_common_say_so() -> None:
    old, new = "\n".join(map(str, range(100))), "\n".join(map(str, range(100, 300)))
    assert differences(old, new) == TooDifferent(100, 200)
    assert len(hunks("a\nb", "c\nd")) == 1


def test_huge_texts_say_so() -> None:
    assert differences("a\n" * (MAX_LINES + 1), "a\n") == TooDifferent(MAX_LINES + 1, 1)


def test_very_long_lines_are_cut() -> None:
    (hunk,) = hunks("", "x" * 1_000_000)
    assert len(hunk.lines[0].text) == 1_001


@pytest.mark.parametrize("letters", ["ab", "}{;", "abcdefghijklmnop"])
def test_hostile_texts_take_bounded_time(letters: str) -> None:
    # The same seed each time: what is measured is the same.
    choose = random.Random(1)
    old, new = ("\n".join(choose.choice(letters) for _ in range(MAX_LINES)) for _ in range(2))
    begin = time.process_time()
    assert differences(old, new) == TooDifferent(MAX_LINES, MAX_LINES)
    assert time.process_time() - begin < 4


def test_a_few_changes_in_a_long_text_are_found() -> None:
    lines = [f"line {number % 50}" for number in range(MAX_LINES - 1)]
    changed = lines.copy()
    for index in range(0, len(lines), 500):
        changed[index] = "new"
    assert len(hunks("\n".join(lines), "\n".join(changed))) == 40
