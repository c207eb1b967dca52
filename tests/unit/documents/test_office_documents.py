"""Documents as an office program writes them: `tests/data/documents`."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chatdesk.documents.process import DocumentProcess
from chatdesk.kernel.documents.kinds import type_of
from tests.paths import ROOT

DOCUMENTS = ROOT / "tests/data/documents"
REPORTS = sorted(path for path in DOCUMENTS.iterdir() if path.stem.startswith("report") and path.suffix != ".doc")
COSTS = sorted(path for path in DOCUMENTS.iterdir() if path.stem == "costs")
WORDS = {
    "report-en": [
        "What we promised",
        "three promises",
        "30% less packaging",
        "Figures",
        "Travel",
        "84,200",
        "116,300",
        "Cloud services",
        "Glass",
        "Recycled",
        "First",
        "Last line & more <text>.",
    ],
    "report-zh": ["我们的承诺", "三项承诺", "第一项涉及包装", "数字", "差旅", "84,200", "116,300", "玻璃", "纸板"],
}
TABLE = """| Cost | 2024 | 2025 | Growth |
| --- | --- | --- | --- |
| Travel | 84200 | 116300 | 0.38 |
| Cloud services | 61000 | 79900 | 0.31 |
| 差旅 | 100 | 200 | 1 |"""


@pytest.fixture
async def process() -> AsyncIterator[DocumentProcess]:
    process = DocumentProcess(lambda _id: 0)
    yield process
    await process.close()


async def text_of(process: DocumentProcess, path: Path) -> str:
    found = type_of((await asyncio.to_thread(path.read_bytes))[:4096], path.name)
    assert found
    text = await process.read(path, path.name, found.kind)
    return "\n".join(section.text for section in text.sections)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
async def test_every_word_is_read_once_and_in_order(process: DocumentProcess, path: Path) -> None:
    text = await text_of(process, path)
    places = [text.find(word) for word in WORDS[path.stem]]
    assert -1 not in places, WORDS[path.stem][places.index(-1)]
    assert places == sorted(places)
    assert text.count(WORDS[path.stem][0]) == 1


REVIEWS = {
    "en": ("Review of the plan", "The plan was accepted", "The footnote names its source", "with an inserted sentence"),
    "zh": ("计划审阅", "计划已获通过", "脚注说明了来源", "还有插入的句子"),
}
"""The words of a document with changes that are tracked: its title, its text, its footnote, and what has been inserted."""
UNSEEN = {"en": ("deleted sentence", "comment", "Confidential"), "zh": ("删去的句子", "批注", "机密")}
"""What has been deleted, a comment, and the header of each page."""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("ending", ["docx", "odt", "rtf"])
async def test_footnotes_and_insertions_are_read_and_deletions_are_not(
    process: DocumentProcess, ending: str, language: str
) -> None:
    text = await text_of(process, DOCUMENTS / f"review-{language}.{ending}")
    assert [text.count(word) for word in REVIEWS[language]] == [1] * 4
    assert [word for word in UNSEEN[language] if word in text] == []
    assert "\n- " in text


@pytest.mark.parametrize("ending", ["docx", "epub"])
async def test_numbers_of_footnotes_are_no_numbers_of_the_text(process: DocumentProcess, ending: str) -> None:
    text = await text_of(process, DOCUMENTS / f"review-en.{ending}")
    assert "The plan was accepted[^1]" in text
    assert "↑" not in text


@pytest.mark.parametrize("ending", ["odp", "pptx"])
async def test_slides_have_their_notes(process: DocumentProcess, ending: str) -> None:
    text = await text_of(process, DOCUMENTS / f"talk.{ending}")
    places = [
        text.find(word) for word in ("Packaging", "Thirty percent less", "Say it slowly", "包装", "减少百分之三十")
    ]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("path", [path for path in COSTS if path.suffix != ".csv"], ids=lambda path: path.name)
async def test_a_sheet_is_a_table(process: DocumentProcess, path: Path) -> None:
    assert await text_of(process, path) == TABLE


async def test_reading_twice_gives_the_same(process: DocumentProcess) -> None:
    for path in REPORTS:
        assert await text_of(process, path) == await text_of(process, path)
