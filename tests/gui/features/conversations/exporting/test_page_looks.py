"""What a page looks like: where lists and tables begin, how pictures and frames share pages."""

from collections.abc import Sequence

import pypdfium2
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage

from chatdesk.features.conversations.ui.exporting.pdf_file import Pages
from chatdesk.features.conversations.ui.exporting.sliced_steps import at_once
from chatdesk.kernel.chat.message import ImagePart
from chatdesk.kernel.chat.request import Picture
from chatdesk.ui_kit.style.theme import Theme
from tests.gui.features.conversations.exporting.test_pdf_file import asked, export_of, said, texts

MIDDLE = 595 / 2


def lefts(pdf: bytes, *words: str) -> list[float]:
    """The left end of the first occurrence of each word on the first page, in points."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0].get_textpage()
    found = [page.get_charbox(page.search(word).get_next()[0])[0] for word in words]
    page.close()
    document.close()
    return found


def png(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return data.data()


@pytest.mark.parametrize(
    ("text", "mark"), [("- \u0639\u0646\u0635\u0631", "•"), ("1. \u0639\u0646\u0635\u0631", "1.")], ids=["ul", "ol"]
)
def test_the_mark_of_an_item_is_where_its_text_begins(theme: Theme, text: str, mark: str) -> None:
    (at_right,) = lefts(at_once(Pages(export_of(said(text)), theme).pdf()), mark)
    (at_left,) = lefts(at_once(Pages(export_of(said("- item\n\n\n1. item")), theme).pdf()), mark)
    assert at_left < MIDDLE < at_right


def test_the_first_column_of_an_arabic_table_is_at_the_right(theme: Theme) -> None:
    table = "| \u0627\u0633\u0645 | \u0642\u064a\u0645\u0629 |\n| --- | --- |\n| 123 | 456 |"
    first, second = lefts(at_once(Pages(export_of(said(table)), theme).pdf()), "123", "456")
    assert second < first


@pytest.mark.parametrize("size", [(300, 3000), (3000, 9000)], ids=str)
def test_a_tall_picture_shares_its_page_with_the_title(theme: Theme, size: tuple[int, int]) -> None:
    export = export_of(
        asked("Look", ImagePart("1", "image/png", "tall.png")), pictures={"1": Picture("image/png", png(*size))}
    )
    pdf = at_once(Pages(export, theme).pdf())
    document = pypdfium2.PdfDocument(pdf)
    pictures = [len(list(page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))) for page in document]
    document.close()
    assert pictures[0] == 1
    assert "Compound interest" in texts(pdf)[0]


def test_the_background_of_a_question_over_two_pages_has_space_around_its_text(theme: Theme) -> None:
    pages = Pages(export_of(asked("word " * 1_500)), theme)
    image = at_once(pages.image(1, 600))
    assert image is not None
    bubble, rows = theme.color("bubble"), rows_of(image)
    first_text = next(y for y, colors in enumerate(rows) if any(each.lightness() < 128 for each in colors))
    first_ground = next(y for y, colors in enumerate(rows) if bubble in colors)
    assert first_text - first_ground >= 8


def rows_of(image: QImage) -> Sequence[Sequence[QColor]]:
    return [[image.pixelColor(x, y) for x in range(0, image.width(), 2)] for y in range(image.height() // 4)]
