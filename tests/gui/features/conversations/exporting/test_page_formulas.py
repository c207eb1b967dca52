"""Formulas and tables on pages: curves, nothing beyond the margins, no broken words."""

from collections.abc import Iterator

import pypdfium2
import pytest

from chatdesk.features.conversations.ui.exporting.pdf_file import Pages
from chatdesk.features.conversations.ui.exporting.sliced_steps import at_once
from chatdesk.ui_kit.style.theme import Theme
from tests.gui.features.conversations.exporting.test_pdf_file import asked, export_of, said, texts

MARGIN = 20 / 25.4 * 72
WIDE = "+".join(f"a_{{{number}}}" for number in range(40))
PLACES = {
    "paragraph": r"Text $\frac{a}{b}$ and $x^2$.",
    "display": r"$$\int_0^1 x\,dx \tag{1}$$",
    "heading": r"# Of $\sqrt{x}$",
    "list": "- one $x_1$\n  1. $$\\oint f$$\n- [x] two $y$",
    "quote": "> so $\\vec{v}$\n>\n> $$\\sum_{i=1}^n i$$",
    "table": "| $x$ | b |\n| --- | --- |\n| $\\frac{1}{2}$ | $\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}$ |",
    "footnote": "Text[^1]\n\n[^1]: Because $e^{i\\pi}+1=0$.",
    "words": r"$\text{若 } x<0$",
    "boxes": r"$$\boxed{x} \cancel{y} \overline{AB} \underbrace{a+b}_{2}$$",
}


def objects_of(pdf: bytes) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    """Yield the kind of each object of all pages, and its left, bottom, right and top in points. Forms would be followed, too."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            for each in page.get_objects():
                yield each.type, each.get_bounds()
    finally:
        document.close()


@pytest.mark.parametrize("place", PLACES)
def test_a_formula_is_curves_wherever_it_stands(theme: Theme, place: str) -> None:
    pdf = at_once(Pages(export_of(asked("Why $q$?"), said(PLACES[place])), theme).pdf())
    kinds = {kind for kind, _ in objects_of(pdf)}
    assert kinds == {pypdfium2.raw.FPDF_PAGEOBJ_PATH, pypdfium2.raw.FPDF_PAGEOBJ_TEXT}
    assert b"/Subtype /Image" not in pdf


@pytest.mark.parametrize(
    "text",
    [f"Inline ${WIDE}$ here", f"$$x = {WIDE}$$", f"- - - item ${WIDE}$", f"| a | b |\n| --- | --- |\n| x | ${WIDE}$ |"],
    ids=["inline", "display", "list", "table"],
)
def test_a_formula_wider_than_its_line_is_scaled_down(theme: Theme, text: str) -> None:
    pdf = at_once(Pages(export_of(said(text)), theme).pdf())
    paths = [bounds for kind, bounds in objects_of(pdf) if kind == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
    assert len(paths) > 0
    assert min(left for left, _, _, _ in paths) > MARGIN - 2
    assert max(right for _, _, right, _ in paths) < 595 - MARGIN + 2


@pytest.mark.parametrize("other", ["words " * 60, f"${WIDE}$"], ids=["text", "formula"])
def test_a_column_is_not_narrower_than_its_longest_word(theme: Theme, other: str) -> None:
    table = f"| Item | Amount | Remark |\n| --- | ---: | --- |\n| Fundamentals | 1,234,567.89 | {other} |"
    (page,) = texts(at_once(Pages(export_of(said(table)), theme).pdf()))
    assert all(word in page for word in ("Item", "Amount", "Remark", "Fundamentals", "1,234,567.89"))


def test_only_the_widest_columns_are_narrower_than_their_words(theme: Theme) -> None:
    table = f"| Short | Long | Amount |\n| --- | --- | --- |\n| w | {'x' * 400} | 12,345 |"
    (page,) = texts(at_once(Pages(export_of(said(table)), theme).pdf()))
    assert all(word in page for word in ("Short", "Long", "Amount", "12,345"))


def test_a_short_text_is_not_broken_for_a_long_one_beside_it(theme: Theme) -> None:
    table = f"| Name | Remark |\n| --- | --- |\n| Four words in here | {'A long remark. ' * 30} |"
    (page,) = texts(at_once(Pages(export_of(said(table)), theme).pdf()))
    assert "Four words in here" in page


def test_the_source_of_a_formula_is_where_it_stands_and_can_be_copied(theme: Theme) -> None:
    text = (
        "So $\\frac{a}{(b)}$ and $x^2$ it is.\n\n$$\\sum_{i=1}^n \\text{若 } i \\tag{1}$$\n\n"
        "| $x_1$ | $x_2$ |\n| --- | --- |\n| one | $y$ |\n\nEnd."
    )
    (page,) = texts(at_once(Pages(export_of(said(text)), theme).pdf()))
    assert r"So $\frac{a}{(b)}$ and $x^2$ it is." in page
    assert r"$$\sum_{i=1}^n \text{若 } i \tag{1}$$" in page
    assert "$x_1$ $x_2$" in page
    assert "one $y$" in page
    assert "\ufffc" not in page


def test_the_source_of_a_formula_is_as_wide_as_the_formula_and_invisible(theme: Theme) -> None:
    def objects(kind: int) -> list[tuple[float, float, float, float]]:
        return [bounds for found, bounds in objects_of(pdf) if found == kind]

    for text in (f"${WIDE}$", f"$$x = {WIDE}$$", r"$\frac{abc}{d}$"):
        pdf = at_once(Pages(export_of(said(text)), theme).pdf())
        paths, (*_, source, _) = objects(pypdfium2.raw.FPDF_PAGEOBJ_PATH), objects(pypdfium2.raw.FPDF_PAGEOBJ_TEXT)
        assert source[0] == pytest.approx(min(each[0] for each in paths), abs=4)
        assert source[2] == pytest.approx(max(each[2] for each in paths), abs=4)
        assert pdf.count(b"/BaseFont /Courier") == 1


def test_a_file_without_formulas_has_no_font_for_their_sources(theme: Theme) -> None:
    assert b"/BaseFont /Courier" not in at_once(Pages(export_of(said("So.")), theme).pdf())


def test_a_gray_file_is_complete_too(theme: Theme) -> None:
    (page,) = texts(at_once(Pages(export_of(said("So $x^2$ it is.")), theme).pdf(is_gray=True)))
    assert "it is." in page
