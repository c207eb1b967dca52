"""Contact sheets of formulas: each as it is set, with its number and its LaTeX, for looking at every one of a corpus.

`python -m tests.shots.formula_sheets FOLDER [FILE]` draws a file of formulas, by default the corpus, into PNG files.
"""

import argparse
from collections.abc import Iterator, Sequence
from itertools import batched
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter

from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_picture import FormulaPicture
from chatdesk.rendering.formulas.typeset.setter import FormulaSetter
from chatdesk.rendering.formulas.typeset.typeset_formula import Refused
from tests.formula_corpus import SEEN, CorpusFormula, read

_WIDTH, _COLUMNS, _PER_SHEET = 1600, 2, 40
_SIZE = 24.0
_PADDING = 8
_LABEL = 16


def main() -> None:
    """Draw the sheets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("file", type=Path, nargs="?", default=SEEN)
    arguments = parser.parse_args()
    app = QGuiApplication(["sheets", "-platform", "offscreen"])
    arguments.folder.mkdir(parents=True, exist_ok=True)
    setter = FormulaSetter()
    for number, formulas in enumerate(batched(enumerate(read(arguments.file), 1), _PER_SHEET), 1):
        _sheet(setter, formulas).save(str(arguments.folder / f"formulas-{number:02}.png"))
    del app


def _sheet(setter: FormulaSetter, formulas: Sequence[tuple[int, CorpusFormula]]) -> QImage:
    cells = list(_cells(setter, formulas))
    rows = list(batched(cells, _COLUMNS))
    heights = [max(image.height() for image in row) for row in rows]
    sheet = QImage(_WIDTH, sum(heights), QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    y = 0
    for row, height in zip(rows, heights, strict=True):
        for column, image in enumerate(row):
            painter.drawImage(column * _WIDTH // _COLUMNS, y, image)
        y += height
        painter.fillRect(0, y - 1, _WIDTH, 1, QColor("#dddddd"))
    painter.end()
    return sheet


def _cells(setter: FormulaSetter, formulas: Sequence[tuple[int, CorpusFormula]]) -> Iterator[QImage]:
    for number, formula in formulas:
        made = setter.set(formula.latex, displayed=formula.displayed)
        picture = None if isinstance(made, Refused) else FormulaPicture(made, _SIZE)
        tag = FormulaPicture(made.tag, _SIZE) if not isinstance(made, Refused) and made.tag else None
        above, below = (picture.height, picture.depth) if picture else (20.0, 4.0)
        width = _WIDTH // _COLUMNS
        image = QImage(width, round(above + below) + 3 * _PADDING + 2 * _LABEL, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont("Noto Sans")
        if picture:
            scale = min(1.0, (width - 60) / max(1.0, picture.width))
            painter.save()
            painter.scale(scale, scale)
            font.setPixelSize(round(_SIZE))
            picture.paint(
                painter, 40, (_PADDING + above) / scale if scale < 1 else _PADDING + above, QColor("black"), font
            )
            if tag:
                tag.paint(painter, picture.width + 80, _PADDING + above, QColor("black"), font)
            painter.restore()
        elif isinstance(made, Refused):
            painter.setPen(QColor("#c00000"))
            painter.drawText(40, 24, f"refused: {made.reason} {made.detail}")
        font.setPixelSize(11)
        painter.setFont(font)
        painter.setPen(QColor("#888888"))
        painter.drawText(4, 14, str(number))
        label = QRectF(40, image.height() - 2 * _LABEL - 4, width - 50, 2 * _LABEL + 2)
        painter.drawText(label, Qt.TextFlag.TextWrapAnywhere, formula.latex.replace("\n", "⏎"))
        painter.end()
        yield image


if __name__ == "__main__":
    main()
