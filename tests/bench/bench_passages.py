"""P20, passages: what finding the relevant ones among 10,000 pages costs, by words and by vectors, beside the plain ways.

Takes about a minute, mostly for filling the index.
"""

import asyncio
import math
import random
import re
import sqlite3
import statistics
import tempfile
import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import accumulate, batched
from pathlib import Path

from chatdesk.features.attachments.services.passages.passage_finder import PassageFinder
from chatdesk.kernel.chat.message import DocumentPart, DocumentUnit
from chatdesk.kernel.documents.document_text import DocumentText, Section
from chatdesk.kernel.documents.embedding import Vector
from chatdesk.kernel.documents.passages import cut_passages
from chatdesk.kernel.finding.index_terms import any_order_expression
from chatdesk.kernel.finding.question_words import words_of
from chatdesk.kernel.finding.search_query import SearchQuery
from chatdesk.storage.passages.passage_index import PassageIndex
from chatdesk.storage.passages.passage_vectors import PassageVectors
from tests.bench.figure import Figure

IDS = ("P20",)
_PAGES = 10_000
_DOCUMENTS = 20
_PARAGRAPHS = 3
"""Per page, each a passage."""
_VOCABULARY = 30_000
_QUESTIONS = 20
_BEST = 8
_TOPICS = 300
_GOAL = 50.0


def measure(pages: int = _PAGES) -> list[Figure]:
    """Return all figures of P20."""
    with tempfile.TemporaryDirectory() as folder:
        return [
            *_by_words(Path(folder), pages),
            *_by_vectors(Path(folder), pages, 384),
            *_by_vectors(Path(folder), pages, 1024),
        ]


def _by_words(folder: Path, pages: int) -> Iterator[Figure]:
    texts = _Texts()
    documents = {f"{number:064}": texts.document(pages // _DOCUMENTS) for number in range(_DOCUMENTS)}
    size = sum(len(section.text.encode()) for text in documents.values() for section in text.sections)
    index = PassageIndex(folder / "words.sqlite")
    start = time.process_time()
    for key, text in documents.items():
        index.add(key, text)
    passages = sum(index.passages_of(key) or 0 for key in documents)
    yield Figure("P20.passages", passages, "passages")
    yield Figure("P20.index", (time.process_time() - start) / passages * 1000, "ms of CPU")
    index.close()
    yield Figure("P20.index_to_text", (folder / "words.sqlite").stat().st_size / size, "x")

    plain, paragraphs = _plain_index(folder / "plain.sqlite", documents.values()), _paragraphs(documents.values())
    with closing(plain):
        for name, questions in (("latin", texts.latin_questions()), ("chinese", texts.chinese_questions())):
            words = [words_of(question) for question in questions]
            assert all(index.search(each, None, _BEST) for each in words)
            beside = {"scan": _milliseconds([lambda it=it: _scan(paragraphs, it) for it in questions[:3]])}
            if name == "latin":
                beside["plain FTS5"] = _milliseconds([lambda it=it: _plain_search(plain, it) for it in questions])
            times = [lambda it=it: index.search(it, None, _BEST) for it in words]
            yield Figure(f"P20.words_{name}", _milliseconds(times), "ms", _GOAL, beside=beside)
            one = [lambda it=it: index.search(it, (f"{3:064}",), _BEST) for it in words]
            yield Figure(f"P20.words_{name}_in_one", _milliseconds(one), "ms", _GOAL)
    typed = [SearchQuery(question.split()[-1][:-1]) for question in texts.latin_questions()]
    assert any(index.containing(any_order_expression(each)) for each in typed)
    times = [lambda it=it: index.containing(any_order_expression(it), documents=200) for it in typed]
    yield Figure("P20.typed", _milliseconds(times), "ms", _GOAL)
    found = asyncio.run(_whole_search(index, documents, texts.latin_questions()))
    yield Figure("P20.find", found, "ms", _GOAL)
    index.close()


async def _whole_search(index: PassageIndex, documents: dict[str, DocumentText], questions: Sequence[str]) -> float:
    """Return what a search costs from the question to the passages with those beside them."""

    async def read_text(document: DocumentPart) -> DocumentText | None:
        return documents[document.text_sha256]

    return await _median_search(PassageFinder(index, read_text), _parts(*documents.values()), questions)


def _parts(*texts: DocumentText) -> list[DocumentPart]:
    """Return the documents; one text stands for all of them."""
    lengths = [len(text.sections) for text in texts] * (_DOCUMENTS // len(texts))
    return [
        DocumentPart(key, "application/pdf", "a.pdf", text_sha256=key, unit=DocumentUnit.PAGE, sections=length)
        for number, length in enumerate(lengths)
        for key in [f"{number:064}"]
    ]


async def _median_search(
    finder: PassageFinder, parts: Sequence[DocumentPart], questions: Sequence[str], *, by_meaning: bool = False
) -> float:
    times = []
    for question in questions:
        start = time.perf_counter()
        found = await finder.find(question, parts, 4_000)
        times.append((time.perf_counter() - start) * 1000)
        assert found.by_meaning == by_meaning
    return statistics.median(times)


def _by_vectors(folder: Path, pages: int, size: int) -> Iterator[Figure]:
    made = _Vectors(size)
    count = pages * _PARAGRAPHS // _DOCUMENTS
    index = PassageIndex(folder / f"{size}.sqlite")
    vectors = PassageVectors(index)
    plain: list[Vector] = []
    spent = 0.0
    text = DocumentText(tuple(Section(f"Passage {number}") for number in range(count)))
    for document in range(_DOCUMENTS):
        key = f"{document:064}"
        index.add(key, text)
        for batch in batched(range(count), 64):
            new = {position: made.one() for position in batch}
            plain += (array("f", _unit(vector)) for vector in new.values())
            start = time.process_time()
            vectors.add("model", key, new)
            spent += time.process_time() - start
    questions = [made.one() for _ in range(_QUESTIONS)]
    yield Figure(f"P20.vectors_{size}_add", spent / len(plain) * 1000, "ms of CPU")
    first = _milliseconds([lambda: vectors.search("model", questions[0], None, _BEST)])
    yield Figure(f"P20.vectors_{size}_first", first, "ms")
    exact = [_compare_all(plain, question) for question in questions[:5]]
    found = [vectors.search("model", question, None, _BEST) for question in questions[:5]]
    right = sum(
        int(hit.passage.text_sha256) * count + hit.passage.position in best
        for hits, best in zip(found, exact, strict=True)
        for hit in hits
    )
    yield Figure(f"P20.vectors_{size}_right", right / (len(exact) * _BEST) * 100, "% of the nearest", at_least=95)
    beside = {"all compared": _milliseconds([lambda it=it: _compare_all(plain, it) for it in questions[:5]])}
    times = [lambda it=it: vectors.search("model", it, None, _BEST) for it in questions]
    yield Figure(f"P20.vectors_{size}", _milliseconds(times), "ms", _GOAL, beside=beside)
    found = asyncio.run(_search_by_meaning(index, text, made))
    yield Figure(f"P20.find_by_meaning_{size}", found, "ms", _GOAL)
    index.close()


async def _search_by_meaning(index: PassageIndex, text: DocumentText, made: "_Vectors") -> float:
    """Return what a search costs besides making the vector of the question."""

    class Prepared:
        key = "model"

        async def of_passages(self, texts: Sequence[str]) -> Sequence[Vector]:
            raise AssertionError(f"{len(texts)} passages lack vectors")

        async def of_question(self, text: str) -> Vector:
            return made.one()

    async def read_text(_document: DocumentPart) -> DocumentText | None:
        return text

    finder = PassageFinder(index, read_text, Prepared)
    questions = [f"Passage {number}" for number in range(_QUESTIONS)]
    return await _median_search(finder, _parts(text), questions, by_meaning=True)


class _Texts:
    """Texts whose words are as frequent as those of natural languages (Zipf's law)."""

    def __init__(self) -> None:
        self._chance = random.Random(20)
        letters = "etaoinshrdlucmfwypvbgk"
        self._latin = [
            "".join(self._chance.choices(letters, k=self._chance.randint(3, 11))) for _ in range(_VOCABULARY)
        ]
        self._chinese = [
            "".join(chr(0x4E00 + self._chance.randrange(3_000)) for _ in range(self._chance.choice((1, 2, 2, 2, 3))))
            for _ in range(_VOCABULARY)
        ]
        self._weights = list(accumulate(1 / rank for rank in range(1, _VOCABULARY + 1)))

    def document(self, pages: int) -> DocumentText:
        return DocumentText(tuple(Section(self._page(number)) for number in range(pages)), DocumentUnit.PAGE)

    def latin_questions(self) -> list[str]:
        return [f"What is the {' '.join(self._words(self._latin, 8))}?" for _ in range(_QUESTIONS)]

    def chinese_questions(self) -> list[str]:
        return [f"{''.join(self._words(self._chinese, 6))}是什么？" for _ in range(_QUESTIONS)]

    def _page(self, number: int) -> str:
        if number % 2:
            return "\n\n".join("".join(self._words(self._chinese, 170)) for _ in range(_PARAGRAPHS))
        return "\n\n".join(" ".join(self._words(self._latin, 105)) for _ in range(_PARAGRAPHS))

    def _words(self, vocabulary: list[str], count: int) -> list[str]:
        return self._chance.choices(vocabulary, cum_weights=self._weights, k=count)


class _Vectors:
    """Vectors as embedders make them: all point in about the same direction, and those of a topic are close together."""

    def __init__(self, size: int) -> None:
        self._chance = random.Random(size)
        self._usual = self._random(size, 2)
        self._topics = [self._random(size, 1) for _ in range(_TOPICS)]

    def one(self) -> Vector:
        normal = self._chance.gauss
        topic = self._chance.choice(self._topics)
        return [usual + shared + normal(0, 0.7) for usual, shared in zip(self._usual, topic, strict=True)]

    def _random(self, size: int, width: float) -> list[float]:
        return [self._chance.gauss(0, width) for _ in range(size)]


def _unit(vector: Vector) -> list[float]:
    length = math.hypot(*vector)
    return [number / length for number in vector]


def _compare_all(vectors: Sequence[Vector], question: Vector) -> set[int]:
    unit = _unit(question)
    scores = [math.sumprod(unit, vector) for vector in vectors]
    return set(sorted(range(len(scores)), key=scores.__getitem__, reverse=True)[:_BEST])


def _paragraphs(texts: Iterable[DocumentText]) -> list[str]:
    return [text.passage(each.where) for text in texts for each in cut_passages(text)]


def _scan(paragraphs: Sequence[str], question: str) -> list[int]:
    """Search as a program without an index does."""
    words = re.findall(r"\w+", question)
    scores = [sum(paragraph.count(word) for word in words) for paragraph in paragraphs]
    return sorted(range(len(scores)), key=scores.__getitem__, reverse=True)[:_BEST]


def _plain_index(path: Path, texts: Iterable[DocumentText]) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute("CREATE VIRTUAL TABLE plain USING fts5 (text)")
    connection.executemany("INSERT INTO plain VALUES (?)", ((each,) for each in _paragraphs(texts)))
    connection.commit()
    return connection


def _plain_search(connection: sqlite3.Connection, question: str) -> list[tuple[int]]:
    words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
    query = "SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT ?"
    return connection.execute(query, (words, _BEST)).fetchall()


def _milliseconds(works: Sequence[Callable[[], object]]) -> float:
    """Return the median of the times that different works take, each the best of five: other programs run, too."""
    times = []
    for work in works:
        rounds = []
        for _ in range(5 if len(works) > 1 else 1):
            start = time.perf_counter()
            work()
            rounds.append(time.perf_counter() - start)
        times.append(min(rounds) * 1000)
    return statistics.median(times)
