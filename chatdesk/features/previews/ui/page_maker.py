"""Creates the page of an artifact on a thread, with texts in the current language."""

import asyncio
from pathlib import Path

from PySide6.QtCore import QObject

from chatdesk.features.previews.domain.artifact import Artifact, ArtifactKind, SourceFile
from chatdesk.features.previews.domain.libraries import Libraries, PageTexts
from chatdesk.features.previews.domain.page import Page
from chatdesk.features.previews.domain.pages import page_of, picture_page
from chatdesk.rendering.export.html import to_html
from chatdesk.rendering.markdown.markdown import parse
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.tokens import Scheme

_DIAGRAM_TOKENS = {
    "page": "page",
    "header": "header",
    "sunken": "sunken",
    "text": "text",
    "muted": "textSecondary",
    "border": "borderControl",
    "line": "borderDefault",
    "accent": "accent",
    "soft": "accentSoft",
    "onAccent": "onAccent",
}


class PageMaker(QObject):
    """`folder` contains the libraries. Diagrams get the colours of `appearance`."""

    def __init__(self, folder: Path, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = folder
        self._appearance = appearance

    async def make(self, artifact: Artifact) -> Page:
        """Return the page. Raises OSError if a file of the program is missing."""
        return await asyncio.to_thread(page_of, artifact, self._libraries())

    async def make_picture(self, kind: str, source: str, *, dark: bool, scale: float) -> Page:
        """Return the page that turns a diagram into a picture. Raises OSError if a file of the program is missing."""
        artifact = Artifact(ArtifactKind(kind), None, (SourceFile("diagram", source, 0),))
        return await asyncio.to_thread(picture_page, artifact, self._libraries(), dark=dark, scale=scale)

    def diagram_colors(self) -> dict[str, dict[str, str]]:
        """Return the colours of diagrams in the light and in the dark theme, with the contrast of the current one."""
        high_contrast = self._appearance.theme.scheme.high_contrast
        palettes = {}
        for name, dark in (("light", False), ("dark", True)):
            colors = self._appearance.colors_of(Scheme.of(dark=dark, high_contrast=high_contrast))
            palettes[name] = {part: colors[token].name() for part, token in _DIAGRAM_TOKENS.items()}
        return palettes

    def _libraries(self) -> Libraries:
        return Libraries(self._folder, _html_of, self._texts(), self.diagram_colors())

    def _texts(self) -> PageTexts:
        return PageTexts(
            console_hint=self.tr("This script has no page. Its output is in the console."),
            row_count=self.tr("{count} rows"),
            row_count_one=self.tr("1 row"),
            capped_rows=self.tr("first {shown} of {count} rows"),
            capped_columns=self.tr("first {shown} of {count} columns"),
            capped_values=self.tr("first {shown} of {count} values"),
            no_rows=self.tr("No rows."),
            not_json=self.tr("This is not valid JSON: line {line}, column {column}: {reason}"),
            not_csv=self.tr("This is not valid CSV: line {line}, column {column}: unclosed quotation mark"),
            too_deep=self.tr("This JSON is nested too deeply to show as a tree."),
            too_large=self.tr(
                "This is too large to show as a table: {size} million characters. The maximum is {most}."
            ),
            sort_by=self.tr("Sort by {column}"),
            no_diagram=self.tr("The diagram cannot be drawn: {reason}"),
            missing_packages=self.tr(
                "This component needs packages that are not available: {names}. Previews have no network access, and "
                "only React is built in. Ask for a version without these packages."
            ),
            missing_file=self.tr("This component needs files that are not in the answer: {names}."),
            not_compiled=self.tr("The code cannot be compiled: {reason}"),
            no_component=self.tr("There is no component to show, because the code exports none."),
            component_failed=self.tr("The component failed: {reason}"),
        )


def _html_of(markdown: str) -> str:
    return to_html(parse(markdown))
