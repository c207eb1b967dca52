"""What the brackets of an answer cite."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.documents.citations import MAX_LENGTH, Citation, citation_name, parse_citation, unfinished_citation
from tests.for_all import for_all

NAMES = {citation_name("Report 2025.pdf"): 1, citation_name("costs, all.xlsx"): 2}

CITED: dict[str, list[Citation]] = {
    "1": [Citation(1)],
    "1, p. 12": [Citation(1, 12, 12)],
    "1, p.12": [Citation(1, 12, 12)],
    "1 p. 12": [Citation(1, 12, 12)],
    "1, page 12": [Citation(1, 12, 12)],
    "1, pp. 3-5": [Citation(1, 3, 5)],
    "1, pp. 3–5": [Citation(1, 3, 5)],
    "1, pages 3 to 5": [Citation(1, 3, 5)],
    "1, p. 5-3": [Citation(1, 5, 5)],
    "1, sheet 2": [Citation(1, 2, 2)],
    "1, sheet 2: Costs": [Citation(1, 2, 2)],
    "2, slide 4": [Citation(2, 4, 4)],
    "1, chapter 3": [Citation(1, 3, 3)],
    "1, file 2": [Citation(1, 2, 2)],
    "1, files 2-4": [Citation(1, 2, 4)],
    "file 2": [Citation(2)],
    "file 1, file 2": [Citation(1), Citation(2)],
    "file 1, p. 12": [Citation(1, 12, 12)],
    "1, ch. 3": [Citation(1, 3, 3)],
    "1, S. 12": [Citation(1, 12, 12)],
    "1, lines 3-5": [Citation(1, 3, 5, lines=True)],
    "1, p. 3, 7": [Citation(1, 3, 3), Citation(1, 7, 7)],
    "1, pp. 3-5, 8-9, 12": [Citation(1, 3, 5), Citation(1, 8, 9), Citation(1, 12, 12)],
    "1, p. 3 and p. 5": [Citation(1, 3, 3), Citation(1, 5, 5)],
    "1, p. 3; 2, p. 4": [Citation(1, 3, 3), Citation(2, 4, 4)],
    "1, p. 3, 2, p. 4": [Citation(1, 3, 3), Citation(2, 4, 4)],
    "1, 2": [Citation(1), Citation(2)],
    "1; 2": [Citation(1), Citation(2)],
    "1: p. 12": [Citation(1, 12, 12)],
    "1 - p. 12": [Citation(1, 12, 12)],
    "1, p. 12.": [Citation(1, 12, 12)],
    "1, page: 12": [Citation(1, 12, 12)],
    "1, page 12 of 80": [Citation(1, 12, 12)],
    "1, p. 12f": [Citation(1, 12, 12)],
    "1, p. 12 (Table 2)": [Citation(1, 12, 12)],
    "1, p. 12, para 3": [Citation(1, 12, 12)],
    "1, p. 12, lines 3-5": [Citation(1, 12, 12)],
    "1, section 2.3": [Citation(1)],
    "1, slides 3 & 4": [Citation(1, 3, 3), Citation(1, 4, 4)],
    "document index 1, page 2": [Citation(1, 2, 2)],
    "report 2025.pdf, 12": [Citation(1, 12, 12)],
    "report 2025.pdf:12": [Citation(1, 12, 12)],
    "1, 第12页（共80页）": [Citation(1, 12, 12)],
    "1, sheet Travel": [Citation(1, title="Travel")],
    "1, sheet “Travel, Food”": [Citation(1, title="Travel, Food")],
    "1，工作表“差旅”": [Citation(1, title="差旅")],
    "costs, all.xlsx, Sheet Travel": [Citation(2, title="Travel")],
    "document 1, page 3": [Citation(1, 3, 3)],
    "Source: 1": [Citation(1)],
    "page 12": [Citation(0, 12, 12)],
    "p. 12": [Citation(0, 12, 12)],
    "第 12 页": [Citation(0, 12, 12)],
    "1, 第 12 页": [Citation(1, 12, 12)],
    "1，第12页": [Citation(1, 12, 12)],
    "１，第３至５页": [Citation(1, 3, 5)],
    "文档1，第12页": [Citation(1, 12, 12)],
    "1、2": [Citation(1), Citation(2)],
    "1，第12行": [Citation(1, 12, 12, lines=True)],
    "citation:1": [Citation(1)],
    "1†source": [Citation(1)],
    "1†L3-L5": [Citation(1, 3, 5, lines=True)],
    "4:0†report 2025.pdf": [Citation(1)],
    "Report 2025.pdf": [Citation(1)],
    "report 2025.pdf, p. 3": [Citation(1, 3, 3)],
    "Report 2025.pdf p. 3": [Citation(1, 3, 3)],
    "costs, all.xlsx, sheet 2": [Citation(2, 2, 2)],
}

NOT_CITED = [
    *(
        "",
        " ",
        "x",
        "a 1",
        "1a",
        "1.",
        "-1",
        "0",
        "1, p. 0",
        "2024",
        "1234",
        "1-3",
        "3 4",
        "1:2",
        "[1",
        "TODO",
        " ",
        "^1",
    ),
    *(
        "p1",
        "l3",
        "s 3",
        "1, see p. 3",
        "see 1",
        "other.pdf, p. 3",
        "Report 2025.pdfs",
        "1, p. 1234567",
        "1,",
        ", 1",
        "†",
    ),
    *("1" * MAX_LENGTH, ",".join(["1"] * 50)),
]


@for_all(CITED)
def test_the_places_of_a_citation_are_known(inside: str) -> None:
    assert list(parse_citation(inside, NAMES)) == CITED[inside]


@for_all(NOT_CITED, repr)
def test_other_texts_in_brackets_are_no_citations(inside: str) -> None:
    assert parse_citation(inside, NAMES) == ()


@given(st.text(st.sampled_from("123 ,;:.-–pPL†第页行至to document" + string.printable), max_size=MAX_LENGTH + 5))
def test_any_text_gives_places_that_exist_or_nothing(inside: str) -> None:
    for citation in parse_citation(inside, NAMES):
        assert 0 <= citation.document < 1_000
        assert 0 <= citation.first <= citation.last


@pytest.mark.parametrize("citation", [f"[{inside}]" for inside in CITED if inside[0] not in "RrSc4"] + ["【1†L3-L5】"])
def test_a_citation_is_held_from_its_bracket_to_what_follows_it(citation: str) -> None:
    text = "It fell by 26% "
    for length in range(1, len(citation) + 1):
        assert unfinished_citation(text + citation[:length]) == len(text)
    assert unfinished_citation(f"{text}{citation}.") == len(text) + len(citation) + 1


@pytest.mark.parametrize(
    "text",
    ["", "plain", "[ ]", "[x", "[Some words", "[see 1", "a[1]b", "[1\n", "[`1", "[1" + "2" * 60, "[link](", "1]"],
)
def test_what_cannot_become_a_citation_is_shown_at_once(text: str) -> None:
    assert unfinished_citation(text) == len(text)
