"""Resources for pages that are not in the answer: bundled libraries, own scripts, Markdown as HTML, and texts.

The domain knows neither file locations nor languages, so the caller provides both.
"""

from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class PageTexts:
    """The texts of generated pages, translated by the caller. Fields in braces are filled in here."""

    console_hint: str = "This script has no page of its own. What it prints is in the console."
    row_count: str = "{count} rows"
    row_count_one: str = "1 row"
    capped_rows: str = "first {shown} of {count} rows"
    capped_columns: str = "first {shown} of {count} columns"
    capped_values: str = "first {shown} of {count} values"
    no_rows: str = "There are no rows."
    not_json: str = "This is not valid JSON: line {line}, column {column}: {reason}"
    not_csv: str = "This is not valid CSV: line {line}, column {column}: a quotation mark is not closed."
    too_deep: str = "This JSON is nested too deeply to be shown as a tree."
    too_large: str = "This is too large to be shown as a table: {size} million characters, at most {most}."
    sort_by: str = "Sort by {column}"
    no_diagram: str = "The diagram cannot be drawn: {reason}"
    missing_packages: str = (
        "This component needs packages that are not available here: {names}. The preview has no network; only React is built in. "
        "Ask for a version without them."
    )
    missing_file: str = "This component needs a file that is not in the answer: {names}."
    not_compiled: str = "The code cannot be compiled: {reason}"
    no_component: str = "There is no component to show: the code exports none."
    component_failed: str = "The component ended with an error: {reason}"


_NAMES = ("page", "header", "sunken", "text", "muted", "border", "line", "accent", "soft", "onAccent")
_LIGHT = dict.fromkeys(_NAMES, "#ffffff") | {
    "text": "#000000",
    "muted": "#444444",
    "border": "#888888",
    "accent": "#006677",
}
_DARK = dict.fromkeys(_NAMES, "#1b1f20") | {
    "text": "#ffffff",
    "muted": "#bbbbbb",
    "border": "#888888",
    "accent": "#4db6c9",
}


@dataclass(frozen=True, slots=True)
class Libraries:
    """Access to these resources.

    `folder` is `resources/preview`. `markdown` converts Markdown to HTML, in which HTML of the source is harmless.
    """

    folder: Path
    markdown: Callable[[str], str]
    texts: PageTexts = field(default_factory=PageTexts)
    colors: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: {"light": _LIGHT, "dark": _DARK})
    """The colours of diagrams on a light and on a dark ground, as CSS writes them."""

    def text(self, name: str) -> str:
        """Return a file of the folder. Raises OSError. Reads up to 4 MB from disk."""
        return (self.folder / name).read_text(encoding="utf-8")
