"""Vectors of passages: the nearest ones are found as a comparison with all of them finds them, and nothing is lost or mixed up."""

import math
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from chatdesk.kernel.documents.document_text import DocumentText, Section
from chatdesk.storage.passages.passage_index import PassageHit, PassageIndex
from chatdesk.storage.passages.passage_vectors import PassageVectors

SIZE = 64
MANY = 3_000


@pytest.fixture
def index(tmp_path: Path) -> Iterator[PassageIndex]:
    index = PassageIndex(tmp_path / "index.sqlite")
    yield index
    index.close()


def document(passages: int) -> DocumentText:
    return DocumentText(tuple(Section(f"Page {number} is about steel.") for number in range(passages)))


def vectors_of_topics(chance: random.Random, count: int) -> list[list[float]]:
    """Return vectors as embedders make them: all point in about the same direction, and those of a topic are close together."""
    usual = [chance.gauss(0, 2) for _ in range(SIZE)]
    topics = [[chance.gauss(0, 1) for _ in range(SIZE)] for _ in range(50)]
    return [
        [
            shared + of_topic + chance.gauss(0, 0.6)
            for shared, of_topic in zip(usual, chance.choice(topics), strict=True)
        ]
        for _ in range(count)
    ]


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    return math.sumprod(one, other) / math.hypot(*one) / math.hypot(*other)


def places(hits: Sequence[PassageHit]) -> list[tuple[str, int]]:
    return [(hit.passage.text_sha256, hit.passage.position) for hit in hits]


def test_the_nearest_of_thousands_are_those_that_a_comparison_with_all_finds(index: PassageIndex) -> None:
    chance = random.Random(5)
    made = vectors_of_topics(chance, MANY + 10)
    vectors = PassageVectors(index)
    index.add("d", document(MANY))
    for first in range(0, MANY, 500):
        vectors.add("model", "d", {at: made[at] for at in range(first, first + 500)})
    for question in made[MANY:]:
        expected = sorted(range(MANY), key=lambda at: -cosine(made[at], question))[:8]
        hits = vectors.search("model", question, None, 8)
        assert places(hits) == [("d", at) for at in expected]
        assert hits[0].score == pytest.approx(cosine(made[expected[0]], question), abs=1e-5)


def test_only_the_wanted_documents_are_searched(index: PassageIndex) -> None:
    vectors = PassageVectors(index)
    for name in ("a", "b", "c"):
        index.add(name, document(2))
        vectors.add("model", name, {0: [1.0, 0.0], 1: [0.0, 2.0]})
    assert sorted(places(vectors.search("model", [0.0, 1.0], ("c", "a"), 2))) == [("a", 1), ("c", 1)]
    assert len(vectors.search("model", [0.0, 1.0], None, 8)) == 6


def test_it_says_which_passages_have_no_vector_yet_so_that_an_ended_work_can_go_on(index: PassageIndex) -> None:
    vectors = PassageVectors(index)
    assert vectors.missing("model", "d") == ()
    index.add("d", document(4))
    assert vectors.missing("model", "d") == (0, 1, 2, 3)
    vectors.add("model", "d", {0: [1.0, 0.0], 2: [0.0, 1.0]})
    assert vectors.missing("model", "d") == (1, 3)
    assert PassageVectors(index).missing("model", "d") == (1, 3)
    index.add("other", document(2))
    assert vectors.count_missing("model", ("d", "other", "unknown")) == {"d": 2, "other": 2}


def test_vectors_of_one_model_are_never_compared_with_those_of_another(index: PassageIndex) -> None:
    vectors = PassageVectors(index)
    index.add("d", document(2))
    vectors.add("old", "d", {0: [1.0, 0.0], 1: [0.0, 1.0]})
    assert vectors.missing("new", "d") == (0, 1)
    assert vectors.search("new", [1.0, 0.0, 0.0], None, 8) == ()
    vectors.add("new", "d", {0: [0.0, 0.0, 1.0]})
    assert places(vectors.search("new", [1.0, 0.0, 0.0], None, 8)) == [("d", 0)]
    assert places(vectors.search("old", [1.0, 0.0], None, 8)) == [("d", 1)]


def test_a_search_after_each_change_sees_it(index: PassageIndex) -> None:
    vectors = PassageVectors(index)
    index.add("d", document(2))
    vectors.add("model", "d", {0: [1.0, 0.0]})
    assert places(vectors.search("model", [0.0, 1.0], None, 1)) == [("d", 0)]
    vectors.add("model", "d", {1: [0.0, 1.0]})
    assert places(vectors.search("model", [0.0, 1.0], None, 1)) == [("d", 1)]
    vectors.release(0)
    assert places(vectors.search("model", [0.0, 1.0], None, 1)) == [("d", 1)]
    index.keep_only(())
    assert vectors.search("model", [0.0, 1.0], None, 1) == ()


@pytest.mark.parametrize(
    "broken",
    [[], [0.0, 0.0], [math.nan, 1.0], [math.inf, 1.0], [1.0, 0.0, 0.0], [1.0] * 10_000],
    ids=lambda it: str(it)[:12],
)
def test_vectors_that_cannot_be_compared_are_refused(index: PassageIndex, broken: list[float]) -> None:
    vectors = PassageVectors(index)
    index.add("d", document(2))
    vectors.add("model", "d", {0: [1.0, 0.0]})
    with pytest.raises(ValueError, match=r"vector|numbers"):
        vectors.add("model", "d", {1: broken})
    assert vectors.missing("model", "d") == (1,)
