"""What is said about a document in few words."""

from dataclasses import replace

import pytest

from chatdesk.kernel.chat.message import DocumentPart, DocumentUnit, PassageRange, SentAs
from chatdesk.ui_kit.pictures.attachment_facts import document_facts
from chatdesk.ui_kit.text.counts import about_tokens

REPORT = DocumentPart(
    "a" * 64, "application/pdf", "report.pdf", unit=DocumentUnit.PAGE, sections=80, tokens=2_900, selected="1-12"
)
FOUND = replace(REPORT, sent_as=SentAs.PASSAGES, passages=(PassageRange(1, 0, 5),) * 12, passage_count=312)


@pytest.mark.parametrize(
    ("document", "facts"),
    [
        (REPORT, f"12 of 80 pages · {about_tokens(2_900)}"),
        (FOUND, f"12 of 312 passages · {about_tokens(2_900)}"),
        (replace(FOUND, passages=()), "No matching passage"),
        (replace(FOUND, passages=(), passage_count=0), "Relevant passages"),
        (replace(REPORT, sent_as=SentAs.SUMMARY), f"Summary · {about_tokens(2_900)}"),
    ],
    ids=["pages", "passages", "nothing found", "not looked for yet", "summary"],
)
def test_a_document_says_what_of_it_is_sent(document: DocumentPart, facts: str) -> None:
    assert document_facts(document) == facts
