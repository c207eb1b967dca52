"""Blocks to the HTML that is pasted into other programs: what `html.py` writes, with the looks that Word and its like need inline.

A word processor takes a table without a border for one without lines, and knows no monospace but the font it is told.
"""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING

from chatdesk.rendering.export.html import no_math, to_html
from chatdesk.rendering.markdown.blocks import Block, Code

if TYPE_CHECKING:
    from chatdesk.rendering.code.highlight import Runs

_CODE_FONT = "font-family:Consolas,Menlo,'DejaVu Sans Mono','Liberation Mono',monospace"
_TABLE = ' border="1" cellspacing="0" cellpadding="4" style="border-collapse:collapse"'
MOST_COLORED_LINES = 2_000
"""Code of more lines has no colours: they would take seconds, for a paste of forty pages."""


def to_rich_text(blocks: Iterable[Block], colors: Mapping[str, str], math: Callable[[str, bool], str] = no_math) -> str:
    """Write blocks as HTML to be pasted.

    `colors` has a CSS colour for each `TokenKind` of `highlight.py`, fit for paper; without any, code is plain. `math` is that of
    `to_html`.
    """
    return to_html(
        blocks,
        math=math,
        code=_code_writer(colors),
        inline_code=f'<code style="{_CODE_FONT}">',
        table_attributes=_TABLE,
    )


def _code_writer(colors: Mapping[str, str]) -> Callable[[Code], str]:
    def write(block: Code) -> str:
        lines = block.text.removesuffix("\n").split("\n")
        if colors and block.language and len(lines) <= MOST_COLORED_LINES:
            # A heavy library: not before there is code.
            from chatdesk.rendering.code.highlight import LineHighlighter  # noqa: PLC0415

            highlighter = LineHighlighter(block.language)
            written = "\n".join(_line(highlighter.add(line), colors) for line in lines)
        else:
            written = escape("\n".join(lines))
        return f'<pre style="{_CODE_FONT}"><code>{written}\n</code></pre>\n'

    return write


def _line(runs: "Runs", colors: Mapping[str, str]) -> str:
    return "".join(
        escape(text) if kind == "codeText" else f'<span style="color:{colors[kind]}">{escape(text)}</span>'
        for text, kind in runs
    )
