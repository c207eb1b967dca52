"""The palette of a theme: what Qt's own drawing, and every widget that knows nothing of themes, takes its colours from."""

from PySide6.QtGui import QPalette

from chatdesk.ui_kit.style.theme import Theme

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
    """Return the palette for widgets that lie on `ground`, a colour token: "page", "sidebar"."""
    palette = QPalette()
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        palette.setColor(role, theme.color(ground))
    for role, token in _ROLES.items():
        palette.setColor(role, theme.color(token))
    for role in _TEXTS:
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.color("textDisabled"))
    return palette
