"""Chats as PDF files, made by the real process, and what that process is sent."""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from chatdesk.features.conversations.services.files import chat_pdf
from chatdesk.features.conversations.services.files.chat_pdf import (
    PDF,
    PrinterSettings,
    Printing,
    job_frames,
    print_pages,
    read_job,
)
from chatdesk.features.conversations.services.files.exported_chat import (
    Export,
    ExportCancelled,
    ExportedChat,
    ExportLabels,
    ExportOptions,
    Include,
)
from chatdesk.features.conversations.services.files.exported_turns import exported_message, formulas_in
from chatdesk.kernel.aio.child_program import ChildProgram
from chatdesk.kernel.chat.message import ImagePart, Message, MessageState, ModelRef, Role, TextPart
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.errors.storage_errors import NotPrinted, PdfNotMade
from chatdesk.rendering.formulas.typeset.setter import FormulaSetter

NOW = datetime(2026, 11, 28, 12, 30, tzinfo=UTC)
DOT = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")


def export_of(text: str, pictures: Mapping[str, Picture] | None = None) -> Export:
    labels = replace(
        ExportLabels(), you="Sie", language="de", alert_title=lambda kind: f"<{kind}>", format_date=lambda _: "Heute"
    )
    shown = [ImagePart(sha256, "image/png", f"{sha256}.png") for sha256 in pictures or {}]
    question = Message("q", "c", None, 1, Role.USER, (*shown, TextPart("Why?")), MessageState.COMPLETE, NOW)
    answer = Message.new("c", None, Role.ASSISTANT, NOW, text, ModelRef("s", "qwen3:8b"))
    include = frozenset({Include.QUESTIONS, Include.ATTACHMENTS})
    turns = [exported_message(each, labels, include) for each in (question, answer)]
    formulas = {key: FormulaSetter().set(key.latex, displayed=key.displayed) for key in formulas_in(turns)}
    chat = ExportedChat("Title", turns, pictures=pictures or {})
    return Export("Title", [chat], NOW, ExportOptions(include), labels, formulas)


def sent(export: Export) -> Export:
    """The export as the process reads it."""
    return read_job(BytesIO(b"".join(job_frames(export))))[0]


def test_the_file_has_the_words_and_labels_of_the_export() -> None:
    content = PDF.write(export_of("So $x^2$.\n\n> [!NOTE]\n> Mind *this*."))
    document = pypdfium2.PdfDocument(content)
    text = document[0].get_textpage().get_text_bounded()
    title = document.get_metadata_value("Title")
    document.close()
    assert title == "Title"
    assert all(each in text for each in ("Title", "Heute", "Why?", "<note>", "Mind this."))
    assert "$x^2$" in text
    assert str(Path.home()).encode() not in content


def test_the_process_gets_everything_but_what_is_called() -> None:
    export = export_of("So $x^2$.", {"1": Picture("image/png", DOT), "2": Picture("image/png", b"")})
    found = sent(export)
    assert (found.title, found.chats, found.now, found.options) == ("Title", export.chats, NOW, export.options)
    assert found.formulas == export.formulas
    assert found.labels.you == "Sie"


def test_a_file_that_is_not_wanted_any_more_ends_the_process() -> None:
    def cancel(_share: float) -> None:
        raise ExportCancelled

    with pytest.raises(ExportCancelled):
        PDF.write(replace(export_of("So."), report=cancel))


def test_a_process_that_ends_without_a_file_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_pdf, "PDF_CHILD", ChildProgram("--none", "chatdesk.app.none"))
    with pytest.raises(PdfNotMade):
        PDF.write(export_of("So."))


async def test_a_print_out_into_a_file_has_its_paper_and_only_the_chosen_pages(tmp_path: Path) -> None:
    text = "\n\n".join(f"# Part {number}\n\n{'word ' * 300}" for number in range(6))
    await print_pages(export_of(text), Printing(420, 595, first=2, last=3, file=tmp_path / "print.pdf"))
    document = pypdfium2.PdfDocument(tmp_path / "print.pdf")
    words = [page.get_textpage().get_text_bounded().split() for page in document]
    sizes = {tuple(round(each) for each in page.get_size()) for page in document}
    document.close()
    assert [each[-1] for each in words] == ["2", "3"]
    assert sizes == {(420, 595)}


async def test_a_gray_print_out_has_no_colours(tmp_path: Path) -> None:
    printing = Printing(420, 595, is_gray=True, file=tmp_path / "print.pdf")
    await print_pages(export_of("[link](https://example.com)"), printing)
    document = pypdfium2.PdfDocument(tmp_path / "print.pdf")
    image = document[0].render()
    document.close()
    pixels = bytes(image.buffer)
    assert all(pixels[at] == pixels[at + 1] == pixels[at + 2] for at in range(0, len(pixels), image.n_channels))


async def test_a_printer_that_is_not_there_is_an_error() -> None:
    settings = PrinterSettings("None", "Title", "A4", False, 600, 1, True, 0, 0, 6)
    with pytest.raises(NotPrinted):
        await print_pages(export_of("So."), Printing(595, 842, printer=settings))


async def test_a_printer_needs_a_folder_for_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    settings = PrinterSettings("None", "Title", "A4", False, 600, 1, True, 0, 0, 6)
    with pytest.raises(NotPrinted):
        await print_pages(export_of("So."), Printing(595, 842, printer=settings))
