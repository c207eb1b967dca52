"""Documents are cut into passages: whole paragraphs, or lines of code and tables, that follow each other without gaps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.chat.message import PassageRange
from chatdesk.kernel.documents.document_text import DocumentText, Section
from chatdesk.kernel.documents.kinds import DocumentKind
from chatdesk.kernel.documents.passages import MAX_WEIGHT, cut_passages, joined

lines = st.sampled_from(
    (
        "# Rules",
        "## Leave",
        "Everyone has 28 days of leave. They are taken before April! Ask early? ",
        "员工每年有二十八天带薪年假。须在四月之前休完！",
        "| name | sum |\n| --- | --- |",
        "| Berlin | 12 |",
        "def main():\n    return 1",
        "    # indented",
        "",
        " ",
        "x" * 700,
        "年" * 500,
        "\t",
    )
)
sections = st.builds(
    lambda each, title: Section("\n".join(each), title), st.lists(lines, max_size=60), st.sampled_from(("", "Sheet"))
)
documents = st.builds(lambda each: DocumentText(tuple(each)), st.lists(sections, max_size=4))
kinds = st.sampled_from((DocumentKind.TEXT, DocumentKind.CODE, DocumentKind.TABLE))


@given(documents, kinds)
def test_passages_hold_every_word_once_and_in_order(text: DocumentText, kind: DocumentKind) -> None:
    ends = dict.fromkeys(range(1, len(text.sections) + 1), 0)
    for passage in cut_passages(text, kind):
        where = passage.where
        assert not text.sections[where.section - 1].text[ends[where.section] : where.start].strip()
        assert text.passage(where).strip()
        ends[where.section] = where.end
    for number, section in enumerate(text.sections, 1):
        assert not section.text[ends[number] :].strip()


@given(documents, kinds)
def test_no_passage_is_longer_than_a_model_wants(text: DocumentText, kind: DocumentKind) -> None:
    for passage in cut_passages(text, kind):
        words = text.passage(passage.where)
        wide = sum(letter >= "\u2e80" for letter in words)
        assert len(words) - wide + 2.5 * wide <= (1_400 if kind is DocumentKind.CODE else MAX_WEIGHT) + 2.5


@given(documents, kinds)
def test_cutting_twice_gives_equal_passages(text: DocumentText, kind: DocumentKind) -> None:
    assert list(cut_passages(text, kind)) == list(cut_passages(text, kind))


def pieces(text: str, kind: DocumentKind = DocumentKind.TEXT) -> list[str]:
    document = DocumentText((Section(text),))
    return [document.passage(each.where) for each in cut_passages(document, kind)]


def test_a_passage_ends_with_a_paragraph_if_there_is_one_and_otherwise_with_a_sentence() -> None:
    first, second = "A whole sentence of the first paragraph. " * 15 + "\n\n", "The second one follows. " * 30
    assert pieces(first + second) == [first, second]
    assert all(piece.rstrip().endswith(".") for piece in pieces("This sentence is never cut in two. " * 100))
    assert all(piece.endswith("。") for piece in pieces("这句话从来不会被切成两半。" * 100))


def test_a_heading_begins_a_passage_and_stands_above_those_that_follow() -> None:
    document = DocumentText((Section("# Staff\n\n## Leave\n\n28 days.\n\n## Pay\n\nOn the 25th.", "Handbook"),))
    first, second = cut_passages(document)
    assert document.passage(first.where) == "# Staff\n\n## Leave\n\n28 days.\n\n"
    assert (first.headings, second.headings) == ("Handbook\nStaff\nLeave", "Handbook\nStaff\nPay")


def test_code_is_cut_between_functions() -> None:
    function = "def add(first, second):\n    # One. Two.\n\n    return first + second\n\n\n"
    assert all(piece.startswith("def") for piece in pieces(function * 60, DocumentKind.CODE))


def test_a_part_of_a_table_knows_the_header_of_the_table() -> None:
    text = "Costs.\n\n| city | sum |\n| --- | --- |\n" + "| Berlin. Mitte | 1,204 |\n" * 100 + "\nThe end of it. " * 90
    document = DocumentText((Section(text),))
    passages = list(cut_passages(document))
    rows = [each for each in passages if document.passage(each.where).startswith("| Berlin")]
    assert len(rows) == 2
    assert {document.passage(each.header) for each in rows if each.header} == {"| city | sum |\n| --- | --- |\n"}
    assert passages[0].header is None
    assert passages[-1].header is None


def test_the_first_line_of_separated_values_is_their_header() -> None:
    document = DocumentText((Section("city,sum\n" + "Berlin,1204\n" * 300),))
    first, *others = cut_passages(document, DocumentKind.TABLE)
    assert first.header is None
    assert {each.header for each in others} == {PassageRange(1, 0, 9)}


def test_ranges_that_touch_are_joined() -> None:
    ranges = (PassageRange(2, 0, 5), PassageRange(1, 10, 20), PassageRange(1, 0, 10), PassageRange(1, 30, 40))
    assert joined(ranges) == (PassageRange(1, 0, 20), PassageRange(1, 30, 40), PassageRange(2, 0, 5))


@pytest.mark.timeout(10)
def test_hostile_lines_are_cut_in_time_that_grows_with_their_length() -> None:
    for text in ("|" + "-" * 500_000, "| a\n|" * 100_000, "#" * 500_000, "# " + " " * 500_000, "\n" * 500_000):
        assert sum(map(len, pieces(text))) <= len(text)
