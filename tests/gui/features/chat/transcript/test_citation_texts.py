"""What citations say about the sections of each kind of document."""

import pytest

from chatdesk.features.chat.ui.transcript.texts import TranscriptTexts
from chatdesk.kernel.chat.message import DocumentPart, DocumentUnit
from chatdesk.kernel.documents.citations import Citation, CitationTarget, Lack


@pytest.mark.parametrize("unit", DocumentUnit)
@pytest.mark.parametrize("lack", [None, *Lack])
@pytest.mark.parametrize("last", [2, 3])
def test_every_unit_has_a_name(unit: DocumentUnit, lack: Lack | None, last: int) -> None:
    document = DocumentPart("a" * 64, "text/plain", "sources", unit=unit, sections=9)
    target = CitationTarget(Citation(1, 2, last), document, lack)
    name = TranscriptTexts().target_name(target)
    assert name.endswith("2" if last == 2 else "2–3")
    assert TranscriptTexts().dead_citation(name, target).startswith(f"{name}: ")
    assert unit not in {DocumentUnit.SHEET, DocumentUnit.SLIDE, DocumentUnit.FILE} or name.startswith(unit.value)
