"""Which passage of a page a citation is about."""

import pytest

from chatdesk.features.chat.services.cited_passages import CitedPassage, cited_passage, claim_of
from chatdesk.kernel.chat.message import DocumentPart, DocumentUnit, PassageRange
from chatdesk.kernel.documents.citations import Citation, CitationTarget
from chatdesk.kernel.documents.document_text import DocumentText, Section

PAGE = """1 What we promised

In last year's report we set out three promises for 2025. Each of them has
an owner. We will use 30% less packaging per litre
by the end of 2025, measured against 2022, and publish the figure.

The second concerns refills: stations in 120 shops."""
CHINESE = "我们在去年的报告中作出三项承诺。到2025年底，每升包装将减少30%。第二项涉及补充站。"
TEXT = DocumentText((Section("Contents"), Section(PAGE), Section(CHINESE)), DocumentUnit.PAGE)
DOCUMENT = DocumentPart("a" * 64, "application/pdf", "report.pdf", unit=DocumentUnit.PAGE, sections=3)


def found(before: str, *, page: int = 2, after: str = "") -> tuple[str, CitedPassage]:
    passage = cited_passage(CitationTarget(Citation(1, page, page), DOCUMENT, sections=(page,)), TEXT, before, after)
    assert passage.passage
    return TEXT.passage(passage.passage), passage


def test_it_is_the_sentence_that_shares_most_words() -> None:
    text, passage = found("The report is long. It promised 30% less packaging per litre by the end of 2025 ")
    assert text.startswith("We will use 30% less packaging")
    assert text.endswith("publish the figure.")
    assert {"packaging", "litre", "30"} <= set(passage.words)
    assert (
        passage.beginning
        == "We will use 30% less packaging per litre by the end of 2025, measured against 2022, and publish the figure."
    )


def test_it_is_found_in_chinese() -> None:
    text, passage = found("报告承诺，到2025年底每升包装减少30%", page=3)
    assert text == "到2025年底，每升包装将减少30%。"
    assert "包装" in passage.words


def test_a_claim_that_fits_nothing_leads_to_the_page() -> None:
    passage = found("Bananas are yellow and sweet ")[1]
    assert (passage.passage, passage.words) == (PassageRange(2, 0, 0), ())
    assert passage.beginning.startswith("1 What we promised In last year's report we set out three")
    assert passage.beginning.endswith("…")


def test_a_few_common_words_are_no_match() -> None:
    text = DocumentText((Section("Each of them reports early, in the same form, which is at the end of this report."),))
    target = CitationTarget(Citation(1, 1, 1), DOCUMENT, sections=(1,))
    claim = "The report promised 30% less packaging per litre by the end of 2025, measured against 2022 "
    assert cited_passage(target, text, claim, "").passage == PassageRange(1, 0, 0)


def test_a_whole_document_is_searched() -> None:
    target = CitationTarget(Citation(1), DOCUMENT, sections=(1, 2, 3))
    passage = cited_passage(target, TEXT, "There are refill stations in 120 shops ", "").passage
    assert passage is not None
    assert passage.section == 2


def test_a_sheet_is_found_by_its_title() -> None:
    text = DocumentText((Section("Rent 5", "Costs"), Section("Trains 7", "Travel ")), DocumentUnit.SHEET)
    target = CitationTarget(Citation(1, title="travel"), DOCUMENT, sections=(1, 2))
    assert cited_passage(target, text, "It was too much", "").passage == PassageRange(2, 0, 0)


def test_lines_are_shown_as_they_are_cited() -> None:
    target = CitationTarget(Citation(1, 2, 3, lines=True), DOCUMENT, sections=(1,))
    text = DocumentText((Section("one\ntwo\nthree\nfour"),))
    passage = cited_passage(target, text, "", "").passage
    assert passage is not None
    assert text.passage(passage) == "two\nthree\n"
    end = cited_passage(CitationTarget(Citation(1, 9, 9, lines=True), DOCUMENT, sections=(1,)), text, "", "").passage
    assert end is not None
    assert text.passage(end) == ""


def test_a_document_whose_text_is_missing_is_opened_without_a_passage() -> None:
    assert cited_passage(CitationTarget(Citation(1), DOCUMENT, sections=(1,)), None, "It fell", "") == CitedPassage()


@pytest.mark.parametrize(
    ("before", "after", "claim"),
    [
        ("It is long. It fell by 26% ", "", "It fell by 26%"),
        ("It fell by 26%. ", "", "It fell by 26%."),
        ("It fell by 26% [report.pdf p. 3], through lighter bottles ", "", ", through lighter bottles"),
        ("It fell by 26% [report.pdf p. 3] ", "", "It fell by 26%"),
        ("", " says that it fell. More.", "says that it fell."),
        ("报告很长。下降了26%", "", "下降了26%"),
        ("", "", ""),
    ],
)
def test_a_claim_is_the_sentence_before_its_citation(before: str, after: str, claim: str) -> None:
    assert claim_of(before, after) == claim


def test_words_that_say_nothing_are_not_marked() -> None:
    passage = found("The report says that the packaging per litre will be less by the end of 2025 ")[1]
    assert not {"the", "will", "will be", "by"} & set(passage.words)
    assert "packaging" in passage.words
