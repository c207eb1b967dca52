from random import Random

from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.sync.domain.trees import Creation, in_order, living_parents


def test_messages_are_ordered_by_stamp() -> None:
    assert in_order([Creation(2, "a", "late", "early"), Creation(1, "b", "early", None)]) == ["early", "late"]


def test_a_parent_comes_before_its_child_even_if_its_stamp_is_later() -> None:
    creations = [Creation(1, "a", "child", "parent"), Creation(2, "a", "parent", None), Creation(3, "a", "other", None)]
    assert in_order(creations) == ["parent", "child", "other"]


def test_messages_in_a_forged_cycle_come_last() -> None:
    creations = [Creation(1, "a", "one", "two"), Creation(2, "a", "two", "one"), Creation(3, "a", "sound", None)]
    assert in_order(creations) == ["sound", "one", "two"]


def test_a_message_below_one_in_the_trash_is_shown_below_the_next_one_that_is_not() -> None:
    parents = {"top": None, "gone": "top", "below": "gone"}
    assert living_parents(parents, {"gone"}) == {"top": None, "gone": "top", "below": "top"}


def test_the_smallest_message_of_a_cycle_becomes_a_first_one() -> None:
    assert living_parents({"b": "a", "a": "b", "c": "a"}, set()) == {"b": "a", "a": None, "c": "a"}


_IDS = st.sampled_from("abcdefgh")
_CREATIONS = st.dictionaries(_IDS, st.tuples(st.integers(1, 5), st.sampled_from("xy"), st.one_of(st.none(), _IDS)))


@given(_CREATIONS, st.randoms(use_true_random=False))
def test_the_order_has_all_messages_once_and_does_not_depend_on_how_they_are_given(
    known: dict[str, tuple[int, str, str | None]], randomness: Random
) -> None:
    creations = [Creation(counter, machine, id_, parent) for id_, (counter, machine, parent) in known.items()]
    ordered = in_order(creations)
    assert sorted(ordered) == sorted(known)
    randomness.shuffle(creations)
    assert in_order(creations) == ordered
    parents = living_parents({each.id: each.parent_id for each in creations}, set())
    for id_ in parents:
        seen = set()
        current: str | None = id_
        while current is not None:
            assert current not in seen
            seen.add(current)
            current = parents[current]
