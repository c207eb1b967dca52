"""Inline markdown to spans: emphasis, code, links, formulas and the like. Uses markdown-it-py; HTML is plain text."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from chatdesk.rendering.markdown.bare_links import find_links
from chatdesk.rendering.markdown.blocks import Span, Style
from chatdesk.rendering.markdown.cjk_text import joins_lines
from chatdesk.rendering.markdown.footnote_names import footnote_anchor
from chatdesk.rendering.markdown.inline_rules import ChatParserInline
from chatdesk.rendering.markdown.open_blocks.references import References

MARKUP = re.compile(r"[\n\\`*_~\[\]!<&$]")
"""Where a rule may begin. markdown-it's own set is twice as large, for extensions that are not in use, and so half as fast."""

_RULES = [
    *("text", "newline", "math", "escape", "backticks", "strikethrough", "emphasis"),
    *("footnote", "link", "image", "autolink", "entity"),
]
_PAIR_RULES = ["balance_pairs", "strikethrough", "emphasis", "fragments_join"]


class InlineParser:
    """Turns the content of a paragraph, heading or table cell into spans.

    With `breaks` a single newline is a line break, as people mean it who type into a chat; without, a space, as CommonMark has it.
    """

    def __init__(self, references: References, *, breaks: bool = False) -> None:
        self.characters_parsed = 0
        """Counted work, for tests and benches."""
        self._breaks = breaks
        self._environment = {"references": references}

    def parse(self, content: str) -> tuple[Span, ...]:
        """Parse inline markdown."""
        self.characters_parsed += len(content)
        if not content:
            return ()
        if not MARKUP.search(content):
            return tuple(_with_bare_links([Span(content)]))
        markdown = _markdown()
        tokens = markdown.inline.parse(content, markdown, self._environment, [])
        return tuple(_with_bare_links(_SpanBuilder(breaks=self._breaks).build(tokens)))


@cache
def _markdown() -> MarkdownIt:
    """Return the rules. They know nothing of any text, and to make them takes as long as to parse a paragraph."""
    markdown = _PlainTargets("zero")
    markdown.inline = ChatParserInline()
    markdown.inline.ruler.enableOnly(_RULES)
    markdown.inline.ruler2.enableOnly(_PAIR_RULES)
    markdown.inline.terminator_re = MARKUP
    return markdown


class _PlainTargets(MarkdownIt):
    """Leaves link targets as they were written and refuses none: whoever opens or exports them does that."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - markdown-it's own name
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


class _Look(NamedTuple):
    style: Style = Style.PLAIN
    link: str = ""
    title: str = ""

    def and_(self, style: Style) -> "_Look":
        return _Look(self.style | style, self.link, self.title)

    def span(self, text: str) -> Span:
        return Span(text, self.style, self.link, "", self.title)


class _SpanBuilder:
    """Walks over markdown-it's tokens, keeping in mind the look of the text at hand."""

    def __init__(self, *, breaks: bool) -> None:
        self._breaks = breaks
        self._looks = [_Look()]
        self._runs: list[Span] = []

    def build(self, tokens: list[Token]) -> list[Span]:
        tokens = _without_empty_texts(tokens)
        for index, token in enumerate(tokens):
            look = self._looks[-1]
            match token.type:
                case "text" | "text_special":
                    # A newline here was written as an entity: no line break, just white space.
                    self._runs.append(look.span(token.content.replace("\n", " ")))
                case "code_inline":
                    self._runs.append(look.and_(Style.CODE).span(token.content))
                case "formula":
                    self._runs.append(replace(look.span(token.markup), formula=token.content))
                case "footnote":
                    self._add_reference(token, look)
                case "hardbreak":
                    self._runs.append(look.span("\n"))
                case "softbreak":
                    self._runs.append(look.span("\n" if self._breaks else self._soft_break(tokens, index)))
                case "image":
                    self._add_picture(token, look)
                case "link_open":
                    self._looks.append(_Look(look.style, _attribute(token, "href"), _attribute(token, "title")))
                    if tokens[index + 1].type == "link_close":
                        self._runs.append(self._looks[-1].span(""))
                case "em_open":
                    self._looks.append(look.and_(Style.EMPHASIS))
                case "strong_open":
                    self._looks.append(look.and_(Style.STRONG))
                case "s_open":
                    self._looks.append(look.and_(Style.STRIKE))
                case _:
                    self._looks.pop()
        return list(self._joined())

    def _add_picture(self, token: Token, look: _Look) -> None:
        description = "".join(span.text for span in _SpanBuilder(breaks=False).build(token.children or []))
        title = _attribute(token, "title") or look.title
        self._runs.append(replace(look._replace(title=title).span(description), image=_attribute(token, "src")))

    def _add_reference(self, token: Token, look: _Look) -> None:
        label = token.content
        self._runs.append(Span(token.markup, look.style, footnote_anchor(label), footnote=label))

    def _soft_break(self, tokens: list[Token], index: int) -> str:
        # Marks of emphasis leave empty runs behind.
        before = next((run.text[-1] for run in reversed(self._runs) if run.text), "")
        after = next((tokens[i].content[0] for i in range(index + 1, len(tokens)) if tokens[i].content), "")
        return "" if before and after and joins_lines(before, after) else " "

    def _joined(self) -> Iterator[Span]:
        """Make one span of neighbours that look alike. Two pictures never are one."""
        for _, group in groupby(self._runs, key=_likeness):
            first, *others = group
            if first.image or first.formula or first.footnote:
                yield first
                yield from others
            elif not others:
                if first.text or first.link:
                    yield first
            elif (text := first.text + "".join(span.text for span in others)) or first.link:
                yield replace(first, text=text)


def _without_empty_texts(tokens: list[Token]) -> list[Token]:
    """Leave out what marks of emphasis leave behind."""
    return [token for token in tokens if token.content or token.type != "text"]


def _likeness(span: Span) -> tuple[Style, str, str, str, str, str]:
    return span.style, span.link, span.title, span.image, span.formula, span.footnote


def _attribute(token: Token, name: str) -> str:
    return str(token.attrs.get(name, ""))


def _with_bare_links(spans: list[Span]) -> Iterator[Span]:
    """Mark what is a link although nobody said so."""
    for span in spans:
        if span.link or span.image or span.formula or Style.CODE in span.style:
            yield span
            continue
        end = 0
        for begin, link_end, target in find_links(span.text):
            if begin > end:
                yield replace(span, text=span.text[end:begin])
            yield replace(span, text=span.text[begin:link_end], link=target)
            end = link_end
        if end == 0:
            yield span
        elif end < len(span.text):
            yield replace(span, text=span.text[end:])
