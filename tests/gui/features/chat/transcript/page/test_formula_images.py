"""Formulas in what is pasted elsewhere."""

import base64
import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage

from chatdesk.features.chat.services.request.formulas import FormulaKey
from chatdesk.features.chat.ui.transcript.page.selection.clipboard import FormulaImages, LazyMimeData
from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
from chatdesk.rendering.formulas.typeset.setter import FormulaSetter
from chatdesk.rendering.formulas.typeset.typeset_formula import SetFormula
from chatdesk.ui_kit.style.appearance import Appearance
from tests.gui.features.chat.transcript.sample_chat import answer, describe

_IMAGE = re.compile(
    r'<img src="data:image/png;base64,([^"]+)" alt="([^"]*)" width="(\d+)" height="(\d+)"(?: align="middle")? style="([^"]+)">'
)


class SetFormulas:
    """Those that were set, really set."""

    def __init__(self, *latex: str) -> None:
        setter = FormulaSetter()
        keys = [FormulaKey(one, displayed=displayed) for one in latex for displayed in (True, False)]
        self._known = {key: setter.set(key.latex, displayed=key.displayed) for key in keys}

    def cached(self, key: FormulaKey) -> SetFormula | None:
        return self._known.get(key)

    def request(self, _key: FormulaKey) -> None:
        pass


def image_of(html: str) -> tuple[QImage, str, tuple[int, int]]:
    found = _IMAGE.fullmatch(html)
    assert found, html
    return QImage.fromData(base64.b64decode(found[1])), found[2], (int(found[3]), int(found[4]))


def test_a_formula_that_is_set_is_a_sharp_picture_that_says_its_latex(qapp: QGuiApplication) -> None:
    images = FormulaImages(SetFormulas(r"\frac{a}{b} < c"))
    image, text, (width, height) = image_of(images.html(r"\frac{a}{b} < c", True))
    assert text == r"\frac{a}{b} &lt; c"
    assert (image.width(), image.height()) == (3 * width, 3 * height)
    dark = [(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).alpha() > 200]
    assert len(dark) > 200
    # Nothing is cut off at its edges.
    edges = {0, image.width() - 1}, {0, image.height() - 1}
    assert not any(x in edges[0] or y in edges[1] for x, y in dark)


def test_a_formula_in_the_line_stands_on_the_line(qapp: QGuiApplication) -> None:
    html = FormulaImages(SetFormulas("x_y")).html("x_y", False)
    assert int(re.search(r"vertical-align:-(\d+)px", html)[1]) > 2


def test_one_that_is_not_set_or_cannot_be_stays_as_it_was_written(qapp: QGuiApplication) -> None:
    images = FormulaImages(SetFormulas(r"\nonsense{", "x" * 900))
    assert [images.html(latex, True) for latex in ("y", r"\nonsense{", "x" * 900)] == ["", "", ""]


def test_a_number_at_the_side_comes_behind_it(qapp: QGuiApplication) -> None:
    html = FormulaImages(SetFormulas(r"a = b \tag{7}")).html(r"a = b \tag{7}", True)
    assert len(_IMAGE.findall(html)) == 2


@pytest.mark.parametrize("text", ["so $x^2$ it is", "\\[ x^2 \\]", "| a |\n|---|\n| $x^2$ |"])
def test_what_is_copied_has_pictures_of_its_formulas_and_their_latex_in_the_text(
    text: str, appearance: Appearance, qtbot: Callable[..., None]
) -> None:
    view = TranscriptView(appearance, describe, formulas=SetFormulas("x^2"))
    view.resize(800, 600)
    view.show()
    view.show_path([answer(text)], {})
    view._surface.select_all()
    view._clipboard.copy(view.selection)
    data: QMimeData = QGuiApplication.clipboard().mimeData()
    assert len(_IMAGE.findall(data.html())) == 1
    assert "x^2" in data.text()
    view.close()
    view.deleteLater()


def test_an_error_while_a_paste_is_made_is_reported_and_the_program_goes_on(
    appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, *_: reported.append(kind))

    def fail() -> str:
        raise ValueError

    data = LazyMimeData({"text/html": fail, "text/plain": lambda: "words"})
    assert (data.html(), data.text(), reported) == ("", "words", [ValueError])
