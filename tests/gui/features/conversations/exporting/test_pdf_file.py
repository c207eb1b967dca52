"""Chats as PDF files, read back with the reader that Chatdesk has for documents."""

import ctypes
import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QPdfWriter

from chatdesk.features.conversations.services.files.exported_chat import (
    Export,
    ExportCancelled,
    ExportedChat,
    ExportLabels,
    ExportOptions,
    Include,
    Margins,
    PageSize,
)
from chatdesk.features.conversations.services.files.exported_turns import exported_message, formulas_in
from chatdesk.features.conversations.ui.exporting.page_formulas import PageFormulas
from chatdesk.features.conversations.ui.exporting.page_text import TextLook, flow_of_spans
from chatdesk.features.conversations.ui.exporting.pdf_file import Pages
from chatdesk.features.conversations.ui.exporting.sliced_steps import at_once
from chatdesk.kernel.chat.message import ImagePart, Message, MessageState, Part, ReasoningPart, Role, TextPart
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.models.model import ModelRef
from chatdesk.rendering.formulas.typeset.setter import FormulaSetter
from chatdesk.rendering.markdown.blocks import Span
from chatdesk.ui_kit.style.theme import Theme

NOW = datetime(2026, 11, 28, 12, 30, tzinfo=UTC)
LABELS = ExportLabels(language="en")
INCLUDE = frozenset({Include.QUESTIONS, Include.REASONING, Include.ATTACHMENTS})


def said(text: str, *more: Part) -> Message:
    parts = (*more, TextPart(text))
    return Message("a", "c", "q", 2, Role.ASSISTANT, parts, MessageState.COMPLETE, NOW, ModelRef("s", "qwen3:8b"))


def asked(text: str, *more: Part) -> Message:
    return Message("q", "c", None, 1, Role.USER, (*more, TextPart(text)), MessageState.COMPLETE, NOW)


def export_of(
    *messages: Message,
    options: ExportOptions | None = None,
    title: str = "Compound interest",
    pictures: dict[str, Picture] | None = None,
) -> Export:
    turns = [exported_message(message, LABELS, INCLUDE) for message in messages]
    setter = FormulaSetter()
    formulas = {key: setter.set(key.latex, displayed=key.displayed) for key in formulas_in(turns)}
    chat = ExportedChat(title, turns, pictures=pictures or {})
    return Export(title, [chat], NOW, options or ExportOptions(INCLUDE), LABELS, formulas)


def texts(pdf: bytes) -> list[str]:
    """The text of each page, with the usual characters for the radicals that some Chinese fonts stand for."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for page in document:
            text_page = page.get_textpage()
            found.append(unicodedata.normalize("NFKC", text_page.get_text_bounded()))
            text_page.close()
            page.close()
        return found
    finally:
        document.close()


def outline(pdf: bytes) -> list[tuple[int, str, int]]:
    """Level, text and page, from 0, of each entry."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [(each.level, each.get_title(), each.get_dest().get_index()) for each in document.get_toc()]
    finally:
        document.close()


class Words:
    """Words that occur once."""

    def __init__(self) -> None:
        self.returned: list[str] = []

    def next(self, count: int = 1) -> str:
        new = [f"w{len(self.returned) + number:05d}" for number in range(count)]
        self.returned += new
        return " ".join(new)


def everything(words: Words, rounds: int) -> str:
    """An answer with blocks of all kinds, of several pages."""
    parts: list[str] = []
    for _ in range(rounds):
        parts += [
            f"## {words.next(2)}",
            words.next(60),
            f"*{words.next()}* **{words.next()}** `{words.next()}` ~~{words.next()}~~ {words.next()}<br>{words.next()}",
            f"- {words.next()}\n- {words.next()}\n  1. {words.next()}\n  2. {words.next(30)}\n- [x] {words.next()}",
            f"> {words.next(20)}\n>\n> - {words.next()}\n>\n> ```\n> {words.next()}\n> ```",
            "| Head | Value |\n| --- | ---: |\n"  # repeated if the table is on two pages
            + "\n".join(f"| {words.next(8)} | {words.next()} |" for _ in range(6)),
            "```python\n" + "\n".join(f"def {words.next()}(): return '{words.next()}'" for _ in range(5)) + "\n```",
            f"<details><summary>{words.next()}</summary>\n\n{words.next()}\n\n</details>",
            f"> [!NOTE]\n> {words.next()}",
            f"Note[^{len(words.returned)}]\n\n[^{len(words.returned)}]: {words.next()}",
            "---",
        ]
    return "\n\n".join(parts)


def test_every_word_of_every_block_is_in_the_file_once_and_in_order(theme: Theme) -> None:
    words = Words()
    question, reasoning = words.next(40), words.next(40)
    messages = [asked(question), said(everything(words, 6), ReasoningPart(reasoning))]
    pages = texts(at_once(Pages(export_of(*messages), theme).pdf()))
    assert len(pages) > 5
    found = re.findall(r"w\d{5}", "\n".join(pages))
    assert found == words.returned


def test_chinese_arabic_and_emoji_stay_what_they_are(theme: Theme) -> None:
    (page,) = texts(at_once(Pages(export_of(said("复利的利率是百分之五。\n\nمرحبا بالعالم\n\nGrüße")), theme).pdf()))
    assert "复利的利率是百分之五。" in page
    assert "مرحبا بالعالم" in page
    assert "Grüße" in page


def test_the_pages_of_a_word_file_name_who_speaks_but_for_an_answer_alone(theme: Theme) -> None:
    def words(*messages: Message) -> list[str]:
        return texts(at_once(Pages(export_of(*messages), theme, with_speakers=True).pdf()))[0].split("\r\n")

    assert words(asked("Why?"), said("So.")) == [
        *("Compound interest", LABELS.format_date(NOW)),
        *("You", "Why?", "qwen3:8b", "So.", "1"),
    ]
    assert words(said("So.")) == ["So.", "1"]


def test_the_header_of_a_long_table_is_repeated_on_every_page(theme: Theme) -> None:
    rows = "\n".join(f"| row{number:03d} | {number} |" for number in range(150))
    pages = texts(at_once(Pages(export_of(said(f"| Headline | Value |\n| --- | ---: |\n{rows}")), theme).pdf()))
    assert len(pages) > 2
    assert [page.count("Headline") for page in pages] == [1] * len(pages)
    assert all("".join(pages).count(f"row{number:03d}") == 1 for number in range(150))


def test_the_words_of_a_table_with_many_columns_are_not_broken(theme: Theme) -> None:
    columns = range(14)
    head = "".join(f"| Column{number} " for number in columns)
    row = "".join(f"| {1_234_567 + number} " for number in columns)
    table = f"{head}|\n{'| --- ' * len(columns)}|\n{row}|\n"
    (page,) = texts(at_once(Pages(export_of(said(table)), theme).pdf()))
    assert set(page.split()) >= {f"Column{number}" for number in columns} | {str(1_234_567 + each) for each in columns}


def letter_height(pdf: bytes, word: str) -> float:
    """The height of the first letter of a word on the first page, in points."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0].get_textpage()
    _, bottom, _, top = page.get_charbox(page.search(word).get_next()[0])
    page.close()
    document.close()
    return float(top - bottom)


def test_an_address_does_not_make_a_table_small(theme: Theme) -> None:
    heights = [
        letter_height(
            at_once(Pages(export_of(said(f"| Name | Page |\n|---|---|\n| It | {each} |")), theme).pdf()), "Name"
        )
        for each in ("x", "https://example.org/" + "a" * 200)
    ]
    assert heights[0] == pytest.approx(heights[1])


def test_a_text_that_announces_a_table_is_on_its_page(theme: Theme) -> None:
    table = "| Name | Value |\n|---|---|\n| one | 1 |"
    for lines in range(30, 42):
        text = "word<br>" * lines + f"\n\nThe values:\n\n{table}"
        pages = texts(at_once(Pages(export_of(said(text)), theme).pdf()))
        (page,) = [each for each in pages if "The values" in each]
        assert "Name" in page, lines


def ink(text: str, theme: Theme) -> int:
    """The number of dark pixels on the page of an answer."""
    document = pypdfium2.PdfDocument(at_once(Pages(export_of(said(text)), theme).pdf()))
    bitmap = document[0].render(scale=3, grayscale=True)
    dark = sum(pixel < 128 for pixel in bytes(bitmap.buffer))
    bitmap.close()
    document.close()
    return dark


def test_a_script_without_a_font_is_no_black_bar(theme: Theme) -> None:
    scripts = "\u0928\u092e\u0938\u0924, \u1780\u1781, \u1820\u1821 \ua984\ua985, \U00011005\U00011006 "
    nothing = ink(".", theme)
    assert ink(scripts * 20, theme) - nothing < 3 * (ink("nnnn, nn, nn nn, nn " * 20, theme) - nothing)


def test_a_heading_is_never_the_last_line_of_a_page(theme: Theme) -> None:
    text = "\n\n".join(f"## Heading {number}\n\nText {number} {'word ' * (17 * (number % 5))}" for number in range(60))
    pages = texts(at_once(Pages(export_of(said(text)), theme).pdf()))
    assert len(pages) > 2
    for page in pages:
        *_, last, number = [line for line in page.splitlines() if line.strip()]
        assert number.isdecimal()
        assert not last.startswith("Heading")


def test_the_outline_has_the_title_the_questions_and_the_headings(theme: Theme) -> None:
    text = f"## First\n\n{'word ' * 900}\n\n### Below\n\nMore\n\n## Second\n\nEnd"
    found = outline(at_once(Pages(export_of(asked("How much more?"), said(text)), theme).pdf()))
    assert [(level, name) for level, name, _ in found] == [
        (0, "Compound interest"),
        (1, "How much more?"),
        (2, "First"),
        (3, "Below"),
        (2, "Second"),
    ]
    assert [page for _, _, page in found] == [0, 0, 0, 1, 1]


@pytest.mark.parametrize("name", ["Grüße (1) \\ 中文 🎉", "", "x" * 300])
def test_any_title_is_the_title_of_the_file(theme: Theme, name: str) -> None:
    document = pypdfium2.PdfDocument(at_once(Pages(export_of(said("So."), title=name), theme).pdf()))
    assert document.get_metadata_value("Title") == name
    assert document.get_metadata_value("Creator") == "Chatdesk"
    document.close()


def test_the_file_names_its_language_and_nothing_of_this_computer(theme: Theme) -> None:
    pdf = at_once(Pages(export_of(asked("Why?"), said("So.")), theme).pdf())
    assert b"/Lang <FEFF0065006E>" in pdf
    assert str(Path.home()).encode() not in pdf
    assert b"/JavaScript" not in pdf


def links(pdf: bytes) -> list[tuple[int, str]]:
    """The page, from 0, and the target of each link: its address, or `page N` for a place in the file."""
    document = pypdfium2.PdfDocument(pdf)
    raw = pypdfium2.raw
    found = []
    try:
        for number, page in enumerate(document):
            position, link = ctypes.c_int(0), raw.FPDF_LINK()
            while raw.FPDFLink_Enumerate(page, position, link):
                action = raw.FPDFLink_GetAction(link)
                if raw.FPDFAction_GetType(action) == raw.PDFACTION_URI:
                    length = raw.FPDFAction_GetURIPath(document, action, None, 0)
                    buffer = ctypes.create_string_buffer(length)
                    raw.FPDFAction_GetURIPath(document, action, buffer, length)
                    found.append((number, buffer.value.decode()))
                else:
                    destination = raw.FPDFLink_GetDest(document, link)
                    found.append((number, f"page {raw.FPDFDest_GetDestPageIndex(document, destination)}"))
        return found
    finally:
        document.close()


def test_links_can_be_clicked_if_a_browser_or_mail_program_opens_them(theme: Theme) -> None:
    text = (
        "[a](https://example.com/a?b=(c)) and [b](mailto:me@example.com), but not [c](file:///etc/passwd), "
        "[d](javascript:alert(1)), [e](ftp://example.com/e) or [f](chatdesk:chat/0123456789abcdef0123456789abcdef)\n\n"
        "| [cell](http://example.com/中) |\n| --- |\n| **x** |"
    )
    assert links(at_once(Pages(export_of(said(text)), theme).pdf())) == [
        (0, "https://example.com/a?b=(c)"),
        (0, "mailto:me@example.com"),
        (0, "http://example.com/%E4%B8%AD"),
    ]


def test_a_link_over_two_lines_has_an_area_on_each(theme: Theme) -> None:
    text = f"[{'word ' * 40}](https://example.com)"
    assert len(links(at_once(Pages(export_of(said(text)), theme).pdf()))) == 3


def test_a_reference_leads_to_its_footnote_in_the_same_answer(theme: Theme) -> None:
    first = f"One[^n]\n\n{'word ' * 900}\n\n[^n]: The note."
    second = f"Two[^n]\n\n{'word ' * 2_000}\n\n[^n]: Another note."
    pdf = at_once(Pages(export_of(said(first), said(second)), theme).pdf())
    pages = texts(pdf)
    expected = [next(number for number, page in enumerate(pages) if note in page) for note in ("The note", "Another")]
    assert [target for _, target in links(pdf)] == [f"page {number}" for number in expected]


def test_a_reference_without_its_footnote_is_no_link(theme: Theme) -> None:
    export = export_of(asked("Why[^n]?"))
    assert links(at_once(Pages(export, theme).pdf())) == []


def test_the_models_and_titles_are_in_the_properties_only_if_they_are_wanted(theme: Theme) -> None:
    def properties(include: frozenset[Include]) -> tuple[str, str, bytes]:
        export = export_of(said("So."), options=ExportOptions(include), title="A & B")
        several = Export("All", [*export.chats, *export_of(said("No."), title="C").chats], NOW, export.options, LABELS)
        pdf = at_once(Pages(several, theme).pdf())
        document = pypdfium2.PdfDocument(pdf)
        found = document.get_metadata_value("Author"), document.get_metadata_value("Keywords")
        document.close()
        packet = pdf[pdf.index(b"<x:xmpmeta") : pdf.index(b"</x:xmpmeta>") + len(b"</x:xmpmeta>")]
        return (*found, packet)

    author, keywords, packet = properties(INCLUDE | {Include.FACTS})
    assert (author, keywords) == ("qwen3:8b", "A & B, C")
    words = " ".join(ET.fromstring(packet).itertext())
    assert all(each in words for each in ("All", "qwen3:8b", "A & B, C", "Chatdesk", NOW.isoformat()))
    author, keywords, packet = properties(INCLUDE)
    assert (author, keywords) == ("", "A & B, C")
    assert b"qwen3" not in packet


def test_pages_are_chosen_by_their_numbers(theme: Theme) -> None:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    text = "\n\n".join(f"# Part {number}\n\n{'word ' * 600}" for number in range(5))
    at_once(Pages(export_of(said(text)), theme).paint_on(QPdfWriter(buffer), 2, 3))
    pages = texts(data.data())
    assert [page.split()[-1] for page in pages] == ["2", "3"]


def test_formulas_are_curves_and_no_pictures(theme: Theme) -> None:
    pdf = at_once(Pages(export_of(said(r"So $\frac{a}{b}$ and" + "\n\n" + r"$$\int_0^1 x\,dx \tag{1}$$")), theme).pdf())
    document = pypdfium2.PdfDocument(pdf)
    kinds = {each.type for each in document[0].get_objects()}
    document.close()
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds
    assert pypdfium2.raw.FPDF_PAGEOBJ_PATH in kinds


def test_a_refused_formula_is_its_source(theme: Theme) -> None:
    assert r"\nonsense{x}" in texts(at_once(Pages(export_of(said(r"So $\nonsense{x}$.")), theme).pdf()))[0]


def test_pictures_fit_into_the_page_and_others_are_named(theme: Theme) -> None:
    image = QImage(3000, 9000, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    shown, named = ImagePart("1", "image/png", "tall.png"), ImagePart("2", "image/png", "lost.png")
    pdf = at_once(
        Pages(export_of(asked("Look", shown, named), pictures={"1": Picture("image/png", data.data())}), theme).pdf()
    )
    document = pypdfium2.PdfDocument(pdf)
    boxes = [each.get_bounds() for page in document for each in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]
    width, height = document[0].get_size()
    document.close()
    ((left, bottom, right, top),) = boxes
    assert 0 < left < right < width
    assert 0 < bottom < top < height
    assert "lost.png" in "".join(texts(pdf))
    assert "tall.png" not in "".join(texts(pdf))


@pytest.mark.parametrize(
    ("size", "expected"), [(PageSize.A4, (595, 842)), (PageSize.LETTER, (612, 792))], ids=["a4", "letter"]
)
def test_pages_have_the_chosen_size_and_margins(theme: Theme, size: PageSize, expected: tuple[int, int]) -> None:
    options = ExportOptions(INCLUDE, size, Margins.WIDE)
    document = pypdfium2.PdfDocument(at_once(Pages(export_of(said("word " * 400), options=options), theme).pdf()))
    assert tuple(round(each) for each in document[0].get_size()) == expected
    lefts = [each.get_bounds()[0] for each in document[0].get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT])]
    document.close()
    assert min(lefts) == pytest.approx(30 / 25.4 * 72, abs=3)


def test_the_export_can_be_cancelled_while_it_is_written(theme: Theme) -> None:
    shares: list[float] = []

    def report(share: float) -> None:
        shares.append(share)
        if len(shares) > 3:
            raise ExportCancelled

    export = export_of(*[asked(f"Question {number}") for number in range(9)])
    stopped = Export(export.title, export.chats, NOW, export.options, LABELS, export.formulas, report=report)
    with pytest.raises(ExportCancelled):
        at_once(Pages(stopped, theme).pdf())
    assert len(shares) == 4


def test_the_shares_grow_to_the_end(theme: Theme) -> None:
    shares: list[float] = []
    export = export_of(*[asked(f"Question {number} " + "word " * 300) for number in range(9)])
    reporting = Export(export.title, export.chats, NOW, export.options, LABELS, export.formulas, report=shares.append)
    at_once(Pages(reporting, theme).pdf())
    assert shares == sorted(shares)
    assert shares[-1] > 0.8


def test_the_preview_of_a_page_looks_like_the_page_of_the_file(theme: Theme) -> None:
    pages = Pages(export_of(asked("How much?"), said("Much **more** text\n\n```python\nprint(1)\n```")), theme)
    image = at_once(pages.image(0, 300))
    assert image is not None
    assert image.width() == 300
    assert image.height() == round(300 * 297 / 210)
    assert dark_rows(image)
    assert at_once(pages.image(1, 300)) is None


def test_one_long_paragraph_is_laid_out_in_many_steps(theme: Theme) -> None:
    look = TextLook(theme.font("reading"), theme.color("text"), 300)
    parts = list(flow_of_spans([Span("复利的利率是百分之五" * 4_000)], look, theme, PageFormulas({})).parts(9_000))
    assert len(parts) > 20
    assert max(map(len, parts)) <= 50


def test_pages_are_forgotten_one_by_one(theme: Theme) -> None:
    pages = Pages(export_of(said("word " * 4_000)), theme)
    at_once(pages.lay_out(4))
    assert len(list(pages.release())) >= 4
    assert at_once(pages.image(0, 100)) is None


def dark_rows(image: QImage) -> Sequence[int]:
    """The rows of a picture that contain text."""

    def is_dark(y: int) -> bool:
        return any(image.pixelColor(x, y).lightness() < 128 for x in range(image.width()))

    return [y for y in range(image.height()) if is_dark(y)]


HOSTILE: Sequence[str] = (
    "x" * 30_000,
    "| " + " | ".join("a" * 40 for _ in range(60)) + " |\n| " + " | ".join("-" for _ in range(60)) + " |\n",
    "> " * 60 + "deep",
    "- " * 60 + "deep",
    "\x00\x01\u202e\ufffc\ufffe and \ud800",
    "e" + "\u0301" * 5_000,
    "```\n" + "y" * 20_000 + "\n```",
    "$$" + "x" * 3_000 + "$$",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_becomes_pages_too(theme: Theme, text: str) -> None:
    pages = texts(at_once(Pages(export_of(asked(text), said(text)), theme).pdf()))
    assert 1 <= len(pages) < 60
