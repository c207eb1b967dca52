"""The choice of the theme: a picture of each, painted in its colours."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from chatdesk.kernel.settings.declarations import THEME
from chatdesk.kernel.settings.store import SettingChanged, Settings
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.tokens import Scheme
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.card import Card

_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_PICTURE_HEIGHT = 104
_SHOWN = {"system": (Scheme.LIGHT, Scheme.DARK), "light": (Scheme.LIGHT,), "dark": (Scheme.DARK,)}
"""The schemes in the picture of each choice. A second one is below the diagonal."""


class ThemeChoice(Translated, Card):
    """A card with a picture for each value of the setting. Tab moves to the chosen one, arrow keys choose."""

    def __init__(self, appearance: Appearance, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self.setObjectName(THEME.key)
        self._settings = settings
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _ThemeButton] = {}
        self._row = QHBoxLayout(self)
        for choice in THEME.choices:
            button = self._buttons[choice.value] = _ThemeButton(appearance, _SHOWN[choice.value], self)
            button.setObjectName(f"{THEME.key}.{choice.value}")
            self._group.addButton(button)
            self._row.addWidget(button, 1)
            button.clicked.connect(lambda _checked, value=choice.value: settings.set(THEME, value))
        self.destroyed.connect(settings.changes.subscribe(self._on_setting))
        appearance.bind(self._restyle)
        self._retranslate()
        self._show()

    def _on_setting(self, change: SettingChanged) -> None:
        if change.key == THEME.key:
            self._show()

    def _show(self) -> None:
        chosen = self._buttons.get(self._settings.get(THEME), self._buttons[THEME.default])
        chosen.setChecked(True)
        self.setFocusProxy(chosen)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._row.setContentsMargins(*[theme.length("l")] * 4)
        self._row.setSpacing(theme.length("l"))

    def _retranslate(self) -> None:
        self.setAccessibleName(QCoreApplication.translate("Settings", THEME.title))
        for choice in THEME.choices:
            self._buttons[choice.value].setText(QCoreApplication.translate("Settings", choice.words))


class _ThemeButton(QAbstractButton):
    """A picture of the window in one or two schemes, with a radio button below it."""

    def __init__(self, appearance: Appearance, schemes: tuple[Scheme, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._schemes = schemes
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        appearance.bind(self._restyle)

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the outline of the focus ring, and its radius."""
        return self._label_rect(), self._appearance.theme.length("radius.small")

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        height = round(_PICTURE_HEIGHT * theme.scale) + theme.length("s") + theme.length("button")
        return QSize(round(_PICTURE_HEIGHT * theme.scale), height)

    def _restyle(self) -> None:
        self.setFont(self._appearance.theme.font("ui"))
        self.updateGeometry()
        self.update()

    def _label_rect(self) -> QRectF:
        height = self._appearance.theme.length("button")
        return QRectF(0, self.height() - height, self.width(), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        line = theme.stroke("focus") if chosen else theme.stroke("border")
        picture = QRectF(0, 0, self.width(), round(_PICTURE_HEIGHT * theme.scale)).adjusted(line, line, -line, -line)
        radius = theme.length("radius.control")
        clip = QPainterPath()
        clip.addRoundedRect(picture, radius, radius)
        painter.save()
        painter.setClipPath(clip)
        for index, scheme in enumerate(self._schemes):
            if index:
                below = QPainterPath(picture.bottomLeft())
                below.lineTo(picture.topRight())
                below.lineTo(picture.bottomRight())
                below.closeSubpath()
                painter.setClipPath(below, Qt.ClipOperation.IntersectClip)
            _draw_window(painter, picture, theme.scale, self._appearance.colors_of(scheme))
        painter.restore()
        painter.setPen(QPen(theme.color("accent" if chosen else "borderDefault"), line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(picture, radius, radius)
        self._draw_label(painter)

    def _draw_label(self, painter: QPainter) -> None:
        theme, rect = self._appearance.theme, self._label_rect()
        size, chosen = theme.length("check"), self.isChecked()
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = rect.right() - size if mirrored else rect.left() + theme.length("hair")
        circle = QRectF(x, rect.center().y() - size / 2, size, size)
        painter.setPen(QPen(theme.color("accent" if chosen else "borderControl"), theme.stroke("control")))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawEllipse(circle.center(), size / 4, size / 4)
        gap = size + theme.length("s")
        label = rect.adjusted(0, 0, -gap, 0) if mirrored else rect.adjusted(gap, 0, 0, 0)
        painter.setFont(theme.font("ui", strong=chosen))
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(label.width()))
        draw_text(painter, label, text, theme.color("text"), _START)


def _draw_window(painter: QPainter, rect: QRectF, scale: float, colors: Mapping[str, QColor]) -> None:
    """Paint a small window: sidebar, a question, an answer and the composer."""

    def bar(x: float, y: float, width: float, height: float, color: str, radius: float = 2) -> None:
        painter.setBrush(colors[color])
        painter.setPen(Qt.PenStyle.NoPen)
        area = QRectF(
            rect.left() + x * rect.width(), rect.top() + y * rect.height(), width * rect.width(), height * scale
        )
        painter.drawRoundedRect(area, radius * scale, radius * scale)

    painter.fillRect(rect, colors["page"])
    painter.fillRect(QRectF(rect.left(), rect.top(), rect.width() * 0.22, rect.height()), colors["sidebar"])
    for row, (width, color) in enumerate(
        ((0.14, "borderDefault"), (0.11, "accent"), (0.15, "borderDefault"), (0.09, "borderDefault"))
    ):
        bar(0.04, 0.12 + 0.11 * row, width, 3, color)
    bar(0.6, 0.12, 0.34, 13, "bubble", 4)
    bar(0.29, 0.36, 0.48, 4, "textSecondary")
    bar(0.29, 0.47, 0.38, 4, "textSecondary")
    composer = QRectF(rect.left() + 0.29 * rect.width(), rect.bottom() - 30 * scale, 0.65 * rect.width(), 22 * scale)
    painter.setPen(QPen(colors["borderDefault"], 1))
    painter.setBrush(colors["raised"])
    painter.drawRoundedRect(composer, 4 * scale, 4 * scale)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colors["accent"])
    button = QPointF(composer.right() - 11 * scale, composer.center().y())
    painter.drawRoundedRect(
        QRectF(button.x() - 5 * scale, button.y() - 5 * scale, 10 * scale, 10 * scale), 3 * scale, 3 * scale
    )
