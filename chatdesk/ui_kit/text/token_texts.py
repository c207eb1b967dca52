"""Token counts as text."""

from PySide6.QtCore import QObject

from chatdesk.ui_kit.text.counts import counted


class _Texts(QObject):
    """Plural texts; Qt's lupdate finds plurals only in `tr`."""

    def tokens(self, count: int) -> str:
        return self.tr("%n token(s)", "", count)

    def about_tokens(self, count: int) -> str:
        return self.tr("about %n token(s)", "", count)


def token_count(tokens: int) -> str:
    """Return a token count with its unit."""
    return counted(_Texts().tokens, tokens)


def about_tokens(tokens: int) -> str:
    """Return an estimated token count with its unit."""
    return counted(_Texts().about_tokens, tokens)
