"""Suggestions for a first message on the start page: a few presets of each kind, as far as the model can be expected to do them.

Choosing one sends nothing. Until the user has favourites and habits they are the same for everyone, and known before the library is read.
"""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model_rules import Ability
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import overlay_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box

_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class SuggestionCard(QAbstractButton):
    """A card with a title and an optional hint. Long text is elided; the tooltip shows all of it."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._hint = ""
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._restyle)

    def set_labels(self, title: str, hint: str) -> None:
        """Set the title and the hint."""
        self._hint = hint
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(hint)
        self.setToolTip(f"{title}\n{hint}" if hint else title)
        self.updateGeometry()
        self.update()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the rectangle of the focus ring and its radius."""
        return QRectF(self.rect()), self._appearance.theme.length("radius.control")

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        width = QFontMetrics(theme.font("ui")).horizontalAdvance(self.text()) + 2 * theme.length("m")
        hint = theme.line("caption") if self._hint else 0
        return QSize(width, theme.line("ui") + hint + 2 * theme.length("s") + theme.length("xs"))

    def minimumSizeHint(self) -> QSize:
        """Return the same height with no minimum width: the text can be elided."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, radius = QRectF(self.rect()), theme.length("radius.control")
        draw_box(painter, rect, radius, fill=theme.color("raised"), border=theme.color("borderSubtle"))
        if overlay := overlay_color(theme, state):
            draw_box(painter, rect, radius, fill=overlay)
        pad, top = theme.length("m"), theme.length("s") + theme.length("hair")
        width = rect.width() - 2 * pad
        first = QRectF(pad, top, width, theme.line("ui"))
        second = QRectF(pad, first.bottom(), width, theme.line("caption"))
        for text, role, color, area in (
            (self.text(), "ui", "text", first),
            (self._hint, "caption", "textTertiary", second),
        ):
            painter.setFont(theme.font(role))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width))
            draw_text(painter, area, shown, theme.color(color), _LEFT)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The texts of a card and the key of its preset; or, without a preset, the `text` of a message to begin with.

    `ability` is the least that a model needs for a useful answer.
    """

    title: str
    hint: str
    key: str = ""
    ability: Ability = Ability.BASIC
    text: str = ""


@dataclass(frozen=True, slots=True)
class SuggestionGroup:
    """A column of suggestions; `category` is a preset category."""

    category: str
    title: str
    icon: str
    suggestions: tuple[Suggestion, ...]


_DEFAULT_SUGGESTIONS: tuple[SuggestionGroup, ...] = (
    SuggestionGroup(
        "translation",
        QT_TRANSLATE_NOOP("Suggestions", "Translation"),
        "languages",
        (
            Suggestion(
                QT_TRANSLATE_NOOP("Suggestions", "Translate and explain"),
                QT_TRANSLATE_NOOP("Suggestions", "Into your language, with notes"),
                "built-in:translate-and-explain",
                Ability.MEDIUM,
            ),
            Suggestion(
                QT_TRANSLATE_NOOP("Suggestions", "Polish my English"),
                QT_TRANSLATE_NOOP("Suggestions", "Natural, same meaning"),
                "built-in:polish-english",
                Ability.SMALL,
            ),
        ),
    ),
    SuggestionGroup(
        "office",
        QT_TRANSLATE_NOOP("Suggestions", "Office"),
        "briefcase",
        (
            Suggestion(
                QT_TRANSLATE_NOOP("Suggestions", "Answer an email"),
                QT_TRANSLATE_NOOP("Suggestions", "Paste it and say what you want"),
                "built-in:mail-reply",
                Ability.MEDIUM,
            ),
            Suggestion(
                QT_TRANSLATE_NOOP("Suggestions", "Minutes from notes"),
                QT_TRANSLATE_NOOP("Suggestions", "Decisions, owners, dates"),
                "built-in:minutes",
                Ability.MEDIUM,
            ),
        ),
    ),
    SuggestionGroup(
        "coding",
        QT_TRANSLATE_NOOP("Suggestions", "Coding"),
        "code",
        (
            Suggestion(
                QT_TRANSLATE_NOOP("Suggestions", "Explain this code"),
                QT_TRANSLATE_NOOP("Suggestions", "Step by step, with risks"),
                "built-in:explain-code",
                Ability.MEDIUM,
            ),
            Suggestion(
                QT_TRANSLATE_NOOP("Suggestions", "Write a Snake game"),
                QT_TRANSLATE_NOOP("Suggestions", "One HTML file, runs here"),
                "built-in:snake-game",
                Ability.LARGE,
            ),
        ),
    ),
)


_SIMPLE_SUGGESTIONS = SuggestionGroup(
    "",
    QT_TRANSLATE_NOOP("Suggestions", "To try it out"),
    "message-square",
    (
        Suggestion(
            QT_TRANSLATE_NOOP("Suggestions", "Say hello"),
            QT_TRANSLATE_NOOP("Suggestions", "And ask who is there"),
            text="Hello! Who are you?",
        ),
        Suggestion(
            QT_TRANSLATE_NOOP("Suggestions", "Ask a simple question"),
            QT_TRANSLATE_NOOP("Suggestions", "What is the capital of France?"),
            text="What is the capital of France?",
        ),
        Suggestion(
            QT_TRANSLATE_NOOP("Suggestions", "Write a short poem"),
            QT_TRANSLATE_NOOP("Suggestions", "Four lines about rain"),
            text="Write a short poem of four lines about rain.",
        ),
    ),
)
"""For models that can do little; the texts are English, which is all that the included one speaks."""


def default_suggestions(ability: Ability = Ability.LARGE) -> tuple[SuggestionGroup, ...]:
    """Return the default suggestions for a model of an ability, in the language of the window."""
    fitting = (
        replace(group, suggestions=tuple(each for each in group.suggestions if each.ability <= ability))
        for group in _DEFAULT_SUGGESTIONS
    )
    groups = tuple(group for group in fitting if group.suggestions)
    if ability < Ability.MEDIUM:
        groups = (_SIMPLE_SUGGESTIONS, *groups)
    return tuple(_in_language(group) for group in groups)


def _in_language(group: SuggestionGroup) -> SuggestionGroup:
    cards = (replace(each, title=_translated(each.title), hint=_translated(each.hint)) for each in group.suggestions)
    return replace(group, title=_translated(group.title), suggestions=tuple(cards))


def _translated(text: str) -> str:
    return QCoreApplication.translate("Suggestions", text)
