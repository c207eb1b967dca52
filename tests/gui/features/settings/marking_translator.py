"""A translation that shows which texts went through it: each stands in brackets."""

from PySide6.QtCore import QTranslator


class MarkingTranslator(QTranslator):
    """Install it and every text that is translated changes."""

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        return f"⟦{source}⟧".replace("%n", str(n))
