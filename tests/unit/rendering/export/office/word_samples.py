"""Texts that become Word files in the tests, and what must be read in these."""

import base64
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from chatdesk.rendering.export.office.equations import equation
from chatdesk.rendering.export.office.word_document import WordDocument
from chatdesk.rendering.export.office.word_parts import embedded_picture
from chatdesk.rendering.export.office.word_styles import Looks
from chatdesk.rendering.markdown.blocks import (
    Alert,
    Block,
    Code,
    Formula,
    Heading,
    Paragraph,
    Span,
    Table,
    is_empty_summary,
)
from chatdesk.rendering.markdown.footnotes import footnote_key
from chatdesk.rendering.markdown.markdown import parse
from tests.unit.rendering.answers import answer
from tests.unit.rendering.commonmark import examples, gfm_examples
from tests.unit.rendering.rich_answers import RICH

NOW = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAAEElEQVR4nGNgYGD4z8DAAAAGBAEAPeNLiAAAAABJRU5ErkJggg=="
)
PICTURE_ADDRESS = f"data:image/png;base64,{base64.b64encode(PICTURE).decode()}"

CORPUS = {
    **RICH,
    "answer": answer(20_000),
    "commonmark": "\n\n***\n\n".join(each.markdown for each in (*examples(), *gfm_examples())),
    "nesting": "> 1. a\n>    > - b\n>    >   ```\n>    >   c\n>    >   ```\n> 2. | d | e |\n>    |---|---|\n>    | f | g |\n",
    "marks first": "- ```\n  code\n  ```\n- - double\n  - > quoted\n-\n- # heading\n- $$x$$\n",
    "tasks": "- [ ] open\n- [x] done\n\n1. [ ] one\n2. [x] two\n",
    "directions": "مرحبا بالعالم hello 123 (نص).\n\n| الاسم | n |\n|---|--:|\n| أحمد | 1 |\n\n中文“引号”与……省略\n",
    "forbidden": "a\x00b\x08c\x0bd\ufffe \u200be &amp; <x> \"q\" 'r'\n\n```\n\x1b[0m\tcode\n```\n",
    "empty": "",
    "wide table": "|" + "a|" * 130 + "\n|" + "---|" * 130 + "\n|" + "b|" * 130 + "\n",
    "pictures": f"![alt text]({PICTURE_ADDRESS}) and ![remote](https://example.org/a.png)",
}


def word_of(markdown: str, *, speaker_level: int = 0) -> bytes:
    """Return Markdown as a Word file."""
    document = WordDocument("Title", Looks("en", speaker_level), NOW)
    document.blocks(parse(markdown), first_heading=speaker_level + 1)
    return document.packed()


def said(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield all that blocks say, but for equations, which are in a language of their own."""
    blocks = [block for block in blocks if not is_empty_summary(block)]
    defined = {footnote_key(each.label) for block in blocks for each in block.containers if hasattr(each, "label")}
    alerts: set[object] = set()
    for block in blocks:
        for container in block.containers:
            if isinstance(container, Alert) and container not in alerts:
                alerts.add(container)
                yield container.kind.capitalize()
        match block:
            case Paragraph() | Heading():
                yield from _said(block.spans, defined)
            case Code():
                yield block.text
            case Table():
                for row in (block.header, *block.rows):
                    for cell in row:
                        yield from _said(cell, defined)
            case Formula():
                if equation(block.macros + block.latex, displayed=True) is None:
                    yield block.source
            case _:
                pass


def _said(spans: Iterable[Span], defined: set[str]) -> Iterator[str]:
    for span in spans:
        if span.footnote and footnote_key(span.footnote) in defined:
            continue
        if span.formula and equation(span.macros + span.formula, displayed=False) is not None:
            continue
        if span.image and embedded_picture(span.image):
            continue
        yield span.text
