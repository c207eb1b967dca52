"""A theme: a colour scheme at a scale. All colours, fonts and lengths for drawing come from it.

`Appearance` determines the current theme and announces changes.
"""

from collections.abc import Callable

from PySide6.QtGui import QColor, QFont, QPalette

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.languages import ENGLISH
from chatdesk.ui_kit.style.fonts import CODE_ROLES, Fonts
from chatdesk.ui_kit.style.icons import Icons
from chatdesk.ui_kit.style.tokens import Scheme, Tokens


class _Scaled(dict[str, int]):
    """Lengths in whole px, each calculated once. They are requested dozens of times per frame; then only the dictionary lookup remains."""

    def __init__(self, length: Callable[[str], float], scale: float) -> None:
        super().__init__()
        self._length = length
        self._scale = scale

    def __missing__(self, name: str) -> int:
        made = self[name] = max(1, round(self._length(name) * self._scale))
        return made


@dataclass(frozen=True, slots=True)
class ReadingStyle:
    """How the user wants to read questions and answers. Sizes are in px at 100 %; without a family, the default one is used."""

    text_family: str = ""
    text_size: int = 15
    code_family: str = ""
    code_size: int = 13
    width: str = "medium"
    """A key of `READING_WIDTHS`."""


READING_WIDTHS = {"narrow": "readingNarrow", "medium": "readingColumn", "wide": "readingWide", "full": "readingFull"}
"""The length for each width of the column with questions and answers."""
_READING_ROLES = frozenset(
    {"reading", "reasoning", "table", "heading1", "heading2", "heading3", "mathInline", "mathDisplay"}
)
_MOTIONS = frozenset({"fast", "base", "slow", "spinnerTurn"})


class Theme:
    """An immutable value: compare it, store it, and discard layouts of another theme.

    Names are those of tokens.json; an unknown one raises KeyError. All results are copies.
    """

    def __init__(
        self,
        tokens: Tokens,
        fonts: Fonts,
        icons: Icons,
        scheme: Scheme,
        *,
        scale: float = 1.0,
        language: str = ENGLISH.code,
        reading: ReadingStyle = ReadingStyle(),  # noqa: B008 - immutable
        reduced_motion: bool = False,
    ) -> None:
        self._tokens = tokens
        self._fonts = fonts
        self.icons = icons
        self.scheme = scheme
        self.scale = scale
        self._language = language
        self._reading = reading
        self._reduced_motion = reduced_motion
        self._colors = tokens.colors[scheme]
        self.length: Callable[[str], int] = _Scaled(tokens.length, scale).__getitem__
        """Returns a length in whole px: "m", "button", or with its group if the name is ambiguous: "radius.tag", "size.tag"."""
        self.line: Callable[[str], int] = _Scaled(
            lambda role: tokens.roles[role].line * self._size_factor(role), scale
        ).__getitem__
        """Returns the line height of a text role in px, independent of the font."""
        self._made_fonts: dict[tuple[str, bool | None], QFont] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Theme) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    def color(self, token: str) -> QColor:
        """Return a colour. The colours for hover, pressed, scrim and shadow are translucent."""
        return self._colors[token].__copy__()  # takes a third of the time of creating a QColor

    def paper_color(self, token: str) -> QColor:
        """Return a colour of the light theme, for what is painted on a page of a document, which is white in all themes."""
        return self._tokens.colors[Scheme.LIGHT][token].__copy__()

    def font(self, role: str, *, strong: bool | None = None) -> QFont:
        """Return the font of a text role, in the role's weight unless `strong` is given."""
        key = (role, strong)
        font = self._made_fonts.get(key)
        if font is None:
            font = self._made_fonts[key] = self._make_font(role, strong)
        return QFont(font)

    def size(self, name: str) -> tuple[int, int]:
        """Return the width and height of a two-dimensional length in whole px: "switch", "windowMin"."""
        width, height = self._tokens.sizes[name]
        return round(width * self.scale), round(height * self.scale)

    def stroke(self, name: str) -> float:
        """Return the width of a line in px. painting.py rounds it to whole device pixels."""
        return self._tokens.length(f"stroke.{name}") * self.scale

    def duration(self, name: str) -> int:
        """Return a duration in ms; 0 for all animations if reduced motion is requested."""
        return 0 if self._reduced_motion and name in _MOTIONS else self._tokens.durations[name]

    @property
    def reduced_motion(self) -> bool:
        """Whether the system requests reduced motion."""
        return self._reduced_motion

    @property
    def shadow(self) -> tuple[tuple[float, float, float], ...]:
        """Rings of the shadow from the inside out: share of the shadow colour's alpha, downward offset and spread in px."""
        return tuple((share, offset * self.scale, spread * self.scale) for share, offset, spread in self._tokens.shadow)

    @property
    def reading_width(self) -> int:
        """Width of the column with questions and answers in px."""
        return self.length(READING_WIDTHS.get(self._reading.width, "readingColumn"))

    @property
    def _identity(self) -> tuple[object, ...]:
        return self.scheme, self.scale, self._language, self._reading, self._reduced_motion

    def _make_font(self, role: str, strong: bool | None) -> QFont:
        text = self._tokens.roles[role]
        weight = text.weight if strong is None else self._tokens.strong_weight if strong else 400
        size = round(text.size * self._size_factor(role) * self.scale)
        if role in CODE_ROLES:
            return self._fonts.code(size, weight, self._language, self._reading.code_family)
        family = self._reading.text_family if role in _READING_ROLES else ""
        return self._fonts.text(size, weight, self._language, family)

    def _size_factor(self, role: str) -> float:
        """Return the size chosen by the user for a role, relative to the default."""
        if role in CODE_ROLES:
            return self._reading.code_size / self._tokens.roles["code"].size
        return self._reading.text_size / self._tokens.roles["reading"].size if role in _READING_ROLES else 1.0


# The palette of a theme, for Qt's own drawing and for widgets that do not use the theme.

_ROLES = {
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "onAccent",
    QPalette.ColorRole.PlaceholderText: "textTertiary",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accentText",
    QPalette.ColorRole.LinkVisited: "accentText",
    QPalette.ColorRole.ToolTipBase: "toast",
    QPalette.ColorRole.ToolTipText: "onToast",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "borderSubtle",
    QPalette.ColorRole.Mid: "borderDefault",
    QPalette.ColorRole.Dark: "borderControl",
    QPalette.ColorRole.Shadow: "shadow",
}
_TEXTS = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
    QPalette.ColorRole.HighlightedText,
    QPalette.ColorRole.PlaceholderText,
)


def make_palette(theme: Theme, ground: str = "page") -> QPalette:
    """Return the palette for widgets on the background `ground`, a colour token: "page", "sidebar"."""
    palette = QPalette()
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        palette.setColor(role, theme.color(ground))
    for role, token in _ROLES.items():
        palette.setColor(role, theme.color(token))
    for role in _TEXTS:
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.color("textDisabled"))
    return palette
