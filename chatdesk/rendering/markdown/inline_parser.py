"""Parsing of inline Markdown into spans: emphasis, code, links, formulas, the HTML of `html_tags.py` and others. Uses markdown-it-py."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import NamedTuple, cast

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import escape
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown import html_tags
from chatdesk.rendering.markdown.bare_links import address_at, address_starts, replace_entities
from chatdesk.rendering.markdown.blocks import Span, Style
from chatdesk.rendering.markdown.citations import WIDE_OPENING, Cite, brackets_at
from chatdesk.rendering.markdown.footnotes import footnote_anchor, footnote_key
from chatdesk.rendering.markdown.open_blocks.references import References

# Properties of Chinese, Japanese and Korean characters in running text.

FIRST_CJK = "\u1100"


def is_cjk(character: str) -> bool:
    """Return whether a character belongs to a script without spaces between words, or is as wide as one (like emoji)."""
    return character >= FIRST_CJK and unicodedata.east_asian_width(character) in "WFH"


def joins_lines(before: str, after: str) -> bool:
    """Return whether a line break between two characters stands for nothing instead of a space.

    Korean has spaces between words; full-width punctuation includes its own space.
    """
    if _is_wide_punctuation(before) or _is_wide_punctuation(after):
        return True
    return is_cjk(before) and is_cjk(after) and not _is_hangul(before) and not _is_hangul(after)


def _is_hangul(character: str) -> bool:
    return "\u1100" <= character <= "\u11ff" or "\uac00" <= character <= "\ud7af"


def _is_wide_punctuation(character: str) -> bool:
    return is_cjk(character) and unicodedata.category(character).startswith("P")


# Formulas in running text: `\(…\)`, `\[…\]`, `$…$`, `$$…$$` and GitHub's `` $`…`$ ``.
#
# `open_formula.py` handles displayed ones on separate lines. Prices and formulas are distinguished by the rules of pandoc and GitHub
# combined: no space inside the dollar signs, no letter or digit outside (except Chinese and the endings of "the $n$th"), and never a price
# with words. Code spans take precedence over formulas. `$ x $` with spaces inside, as several models write, is a formula only if it
# contains what only formulas contain (a TeX command, `^` or `_`; with a space on both sides also `=`), and neither words of prose nor a
# currency.

_MARK = re.compile(r"\\[\\()\[\]$`]|`+|\$+")
_RUN = re.compile("`+")
_MATH_CODE = re.compile(r"\$`([^`\n]+)`\$(?![\w$])")
_SUFFIX = re.compile(r"(?:th|st|nd|rd|s)\b")
_SURELY_MATH = re.compile(r"[\\^_={}]")
_LEADS_ON = re.compile(
    r"\d[\d.,]*[kKmMbB]?[\s)]*(?:[-–—/~～,;:+&(]+|.*[\s,(/](?:US|CA|AU|NZ|HK|SG|NT))|[A-Z_]{2,}[/:.-]"
)
"""An amount or variable and the text before the next one, whose dollar sign closes no formula: `$5-$10`, `$20, US$30`, `$HOME/$USER`."""
_MAX_LEAD_LENGTH = 40
_WORD_OF_PROSE = re.compile(r"[A-Za-z]{3}|\s[A-Za-z]{2,}\s|[\u2e80-\u9fff\uac00-\ud7af]")
_TEX = re.compile(r"\\[A-Za-z]+|[\^_]")
_GROUP_OF_LETTERS = re.compile(r"\\[A-Za-z]+(?:\{[^{}]*\})?|[_^]\{[^{}]*\}")
"""Commands and scripts, which may contain words: `\text{if }`, `F_{net}`."""
_EVIDENT_PROSE = re.compile(
    r"[A-Za-z]{4}|[\u2e80-\u9fff\uac00-\ud7af]"
    r"|\b(?:an|and|are|as|at|but|by|can|for|has|if|in|is|it|its|no|not|of|on|or|per|so|the|to|was|we|you"
    r"|cat|cd|cp|git|ls|mkdir|mv|npm|pip|rm|ssh|sudo)\b",
    re.IGNORECASE,
)
"""Words that are no products of variables, as `mgh` is."""
_CURRENCY = re.compile("[€£¥₹$元]|USD|EUR")
_CLOSING = {r"\(": r"\)", r"\[": r"\]", "$$": "$$", "$": "$"}
_FAMILY = {r"\(": "(", r"\)": "(", r"\[": "[", r"\]": "[", "$$": "$$", "$": "$"}


@dataclass(frozen=True, slots=True)
class InlineFormula:
    """A formula in running text."""

    end: int
    """Position after the formula."""
    latex: str


class MathMarks:
    """The formula delimiters of a text, found in one pass, so that looking up the formula at a position costs almost nothing."""

    __slots__ = ("_positions", "_text", "_words")

    def __init__(self, text: str) -> None:
        self._text = text
        self._positions: dict[str, list[int]] = {family: [] for family in _FAMILY.values()}
        self._words: dict[int, str] = {}
        for position, word in _marks(text):
            self._words[position] = word
            self._positions[_FAMILY[word]].append(position)

    def formula_at(self, begin: int) -> InlineFormula | None:
        """Return the formula that begins at a position; None if there is none or it is not closed."""
        if self._text.startswith("$`", begin):
            return self._math_code(begin)
        word = self._words.get(begin, "")
        if word not in _CLOSING:
            return None
        family = self._positions[_FAMILY[word]]
        index = bisect_left(family, begin + 1)
        if index == len(family) or self._words[family[index]] != _CLOSING[word]:
            return None
        close = family[index]
        latex = self._text[begin + len(word) : close]
        if not latex.strip(" \n\\") or (word == "$" and not self._is_math(begin, close, latex)):
            return None
        return InlineFormula(close + len(word), " ".join(latex.split("\n")).strip())

    def _math_code(self, begin: int) -> InlineFormula | None:
        match = _MATH_CODE.match(self._text, begin)
        return InlineFormula(match.end(), match[1].strip()) if match and match[1].strip() else None

    def _is_math(self, begin: int, close: int, latex: str) -> bool:
        """Return whether the text between two dollar signs is a formula."""
        before, after = self._text[begin - 1 : begin], self._text[close + 1 : close + 2]
        if _is_word(before) or "`" in latex:  # code may have begun
            return False
        if (latex[0].isspace() or latex[-1].isspace()) and not _is_surely_math(latex):
            return False
        if _is_word(after) and not _SUFFIX.match(self._text, close + 1):
            return False
        # An amount followed by words, without anything specific to formulas.
        is_price = latex[0].isdigit() and not _SURELY_MATH.search(latex) and _WORD_OF_PROSE.search(latex)
        return not (is_price or (len(latex) <= _MAX_LEAD_LENGTH and _LEADS_ON.fullmatch(latex)))


def _is_surely_math(latex: str) -> bool:
    """Return whether a text with spaces at its edges can only be a formula."""
    spaced = latex[0].isspace() and latex[-1].isspace()
    if not (_TEX.search(latex) or (spaced and "=" in latex.strip()[1:-1])):
        return False
    bare = _GROUP_OF_LETTERS.sub(" ", latex)
    return not (_EVIDENT_PROSE.search(bare) or _CURRENCY.search(latex))


def _marks(text: str) -> list[tuple[int, str]]:
    """Return the delimiters outside code, in order."""
    runs: dict[int, list[int]] = {}
    for run in _RUN.finditer(text):
        runs.setdefault(run.end() - run.start(), []).append(run.start())
    marks = []
    position = 0
    while match := _MARK.search(text, position):
        position = match.end()
        word = match[0]
        if word[0] == "`":
            starts = runs.get(len(word), [])
            index = bisect_left(starts, position)
            if index < len(starts):
                position = starts[index] + len(word)
        elif word in _FAMILY:
            marks.append((match.start(), word))
    return marks


def _is_word(character: str) -> bool:
    return character.isalnum() and not is_cjk(character)


# Emphasis next to Chinese, Japanese and Korean text: the only deviation from CommonMark, which requires spaces between words.
#
# In `**注意：**这里`, the closing asterisks are between punctuation and a letter, so CommonMark does not allow them to close.
# Here, a neighbour from these scripts never prevents it: the rule of the markdown-cjk-friendly specification, without its
# variation selectors.


class CjkStateInline(StateInline):
    """Evaluates runs of `*`, `_` and `~` by the adjacent characters."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - markdown-it's own name
        """Return whether the run at `start` can open and close, and its length."""
        marker = self.src[start]
        end = start
        while end < self.posMax and self.src[end] == marker:
            end += 1
        before = self.src[start - 1] if start > 0 else " "
        after = self.src[end] if end < self.posMax else " "
        space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
        mark_before, mark_after = _is_punctuation(before), _is_punctuation(after)
        wide_before, wide_after = is_cjk(before), is_cjk(after)
        if marker == "~" and end == start + 1:
            return _single_tilde(before, after, end_of_text=end == self.posMax)
        left_flanking = not space_after and (not mark_after or wide_after or space_before or mark_before or wide_before)
        right_flanking = not space_before and (
            not mark_before or wide_before or space_after or mark_after or wide_after
        )
        return Scanned(
            left_flanking and (canSplitWord or not right_flanking or mark_before),
            right_flanking and (canSplitWord or not left_flanking or mark_after),
            end - start,
        )


def _single_tilde(before: str, after: str, *, end_of_text: bool) -> Scanned:
    """Return whether a tilde that stands alone may strike: not between amounts as in `10~20元`, and not in `~/bin`."""
    can_open = not before.isalnum() and not isWhiteSpace(ord(after)) and not end_of_text and after != "/"
    can_close = not after.isalnum() and not isWhiteSpace(ord(before))
    return Scanned(can_open, can_close, 1)


class CjkParserInline(ParserInline):
    """markdown-it's inline parser with the rule for CJK text."""

    state = CjkStateInline
    """The class for the state of parsing one text."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse `src` and add the result to `tokens`."""
        state = self.state(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _is_punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


# Inline Markdown beyond CommonMark: formulas, references to footnotes, HTML of the closed list, and bare addresses.

_FOOTNOTE = re.compile(r"\[\^([^\]\[\s]{1,999})\]")


class ChatStateInline(CjkStateInline):
    """Finds the formulas of the text on demand."""

    _math: MathMarks | None = None
    _last_comment_end: int | None = None
    _address_starts: list[int] | None = None

    @property
    def math(self) -> MathMarks:
        """The formula delimiters in the text."""
        if self._math is None:
            self._math = MathMarks(self.src)
        return self._math

    @property
    def last_comment_end(self) -> int:
        """The position of the last `-->`; -1 if there is none. Known once, so that a thousand `<!--` cost one search."""
        if self._last_comment_end is None:
            self._last_comment_end = self.src.rfind("-->")
        return self._last_comment_end

    @property
    def address_starts(self) -> list[int]:
        """The positions at which a bare address may begin, in order."""
        if self._address_starts is None:
            self._address_starts = address_starts(self.src)
        return self._address_starts


class ChatParserInline(CjkParserInline):
    """The inline parser with the additional rules `math`, `footnote` and `html`, and `address` if a text may contain addresses."""

    state = ChatStateInline

    def __init__(self, *, with_addresses: bool) -> None:
        super().__init__()
        if with_addresses:  # nearly all texts are without, and faster then
            self.ruler.before("text", "address", _address)
            self.ruler.at("text", _text)
        self.ruler.before("escape", "math", _math)
        self.ruler.at("escape", _escape)
        self.ruler.before("link", "footnote", _footnote)
        self.ruler.before("entity", "html", _html)
        self.ruler.after("image", "citation", _citation)  # a link whose text looks like a citation stays a link


def _text(state: StateInline, silent: bool) -> bool:
    """Skip text up to the next character, or address, at which a rule may apply."""
    mark = state.md.inline.terminator_re.search(state.src, state.pos)
    end = min(mark.start() if mark else state.posMax, state.posMax)
    starts = cast("ChatStateInline", state).address_starts
    index = bisect_right(starts, state.pos)
    end = min(end, starts[index]) if index < len(starts) else end
    if end <= state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


def _address(state: StateInline, silent: bool) -> bool:
    """Parse a web or mail address without marks around it. Nothing in it is Markdown."""
    starts = cast("ChatStateInline", state).address_starts
    index = bisect_left(starts, state.pos)
    if index == len(starts) or starts[index] != state.pos:
        return False
    found = address_at(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        words = replace_entities(state.src[state.pos : found.end])
        if state.linkLevel:
            state.append_pending(words)
        else:
            state.push("link_open", "a", 1).attrs = {"href": replace_entities(found.target)}
            state.push("text", "", 0).content = words
            state.push("link_close", "a", -1)
    state.pos = found.end
    return True


def _escape(state: StateInline, silent: bool) -> bool:
    """Parse an escape. Before a space, a backslash is one: markdown-it would consume the space, and with it a line break."""
    return state.src[state.pos + 1 : state.pos + 2] != " " and escape(state, silent)


def _math(state: StateInline, silent: bool) -> bool:
    """Parse a formula. The token's `content` is its LaTeX, `markup` its source."""
    if state.src[state.pos] not in "\\$":
        return False
    formula = cast("ChatStateInline", state).math.formula_at(state.pos)
    if formula is None or formula.end > state.posMax:
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.content = formula.latex
        token.markup = state.src[state.pos : formula.end].replace("\n", " ")
    state.pos = formula.end
    return True


def _footnote(state: StateInline, silent: bool) -> bool:
    """Parse a reference to a defined footnote. If nested, as with links in links, the inner one counts."""
    match = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    references: References = state.env["references"]
    if not references.has_footnote(footnote_key(match[1])):
        return False
    if not silent:
        token = state.push("footnote", "", 0)
        token.content = match[1]
        token.markup = match[0]
    state.pos = match.end()
    return True


def _citation(state: StateInline, silent: bool) -> bool:
    """Parse a citation. While the end of a link is searched for, its brackets are ordinary ones."""
    if silent or state.linkLevel:
        return False
    cite: Cite = state.env["cite"]
    found = brackets_at(state.src, state.pos, state.posMax)
    spans = cite(found.inside, found.is_attached) if found else ()
    if not found or not spans:
        return False
    token = state.push("citation", "", 0)
    token.content = spans[0].text
    token.meta = {"spans": spans}
    state.pos = found.end
    return True


def _html(state: StateInline, silent: bool) -> bool:
    """Parse a tag of the closed list, or a comment, which is hidden. `pair_styles` decides about the tags of styles."""
    source, start = state.src, state.pos
    if source[start] != "<":
        return False
    if source.startswith(html_tags.COMMENT, start):
        end = html_tags.end_of_comment(source, start, cast("ChatStateInline", state).last_comment_end)
        if not silent and end <= state.posMax and state.pending.endswith(" "):
            while end and source.startswith(" ", end) and end < state.posMax:
                end += 1  # otherwise the words beside it would be two spaces apart
    elif tag := html_tags.style_tag(source, start):
        name, closes, end = tag
        if not silent and end <= state.posMax:
            state.push("html_close" if closes else "html_open", name, 0).content = source[start:end]
    elif end := html_tags.end_of_break(source, start):
        if not silent:
            state.pending = state.pending.rstrip(" ")
            state.push("hardbreak", "br", 0)
    elif picture := html_tags.picture(source, start):
        end = picture.end
        if not silent and end <= state.posMax:
            token = state.push("html_image", "img", 0)
            token.content = picture.description
            token.attrs = {"src": picture.source, "title": picture.title}
    if not end or end > state.posMax:
        return False
    state.pos = end
    return True


MARKUP = re.compile(r"[\n\\`*_~\[\]!<&$]")
"""Characters at which a rule may apply. markdown-it's own set is twice as large, for unused extensions, and therefore half as fast."""
_MARKUP_WITH_CITATIONS = re.compile(rf"[\n\\`*_~\[\]!<&${WIDE_OPENING}]")

_RULES = [
    *("text", "newline", "math", "escape", "backticks", "strikethrough", "emphasis"),
    *("footnote", "link", "image", "autolink", "html", "entity"),
]
_PAIR_RULES = ["balance_pairs", "strikethrough", "emphasis", "fragments_join"]


class InlineParser:
    """Converts the content of a paragraph, heading or table cell into spans.

    With `breaks`, a single newline is a line break, as users expect in a chat; without, it is a space, as in CommonMark. With `cite`, there
    may be citations.
    """

    def __init__(self, references: References, *, breaks: bool = False, cite: Cite | None = None) -> None:
        self.characters_parsed = 0
        """Number of parsed characters, for tests and benchmarks."""
        self._breaks = breaks
        self._environment = {"references": references, "cite": cite}
        self._cites = cite is not None
        self._markup = _MARKUP_WITH_CITATIONS if self._cites else MARKUP

    def parse(self, content: str) -> tuple[Span, ...]:
        """Parse inline Markdown."""
        self.characters_parsed += len(content)
        if not content:
            return ()
        with_addresses = bool(address_starts(content))
        if not with_addresses and not self._markup.search(content):
            return (Span(content),)
        markdown = _markdown(with_addresses=with_addresses, with_citations=self._cites)
        tokens = markdown.inline.parse(content, markdown, self._environment, [])
        return tuple(_SpanBuilder(breaks=self._breaks).build(tokens))


@cache
def _markdown(*, with_addresses: bool, with_citations: bool) -> MarkdownIt:
    """Return the parser with its rules. It is independent of the text, and creating it takes as long as parsing a paragraph."""
    markdown = _PlainTargets("zero", {"strikethrough_single_tilde": True})
    markdown.inline = ChatParserInline(with_addresses=with_addresses)
    more = [*(["address"] if with_addresses else []), *(["citation"] if with_citations else [])]
    markdown.inline.ruler.enableOnly([*more, *_RULES])
    markdown.inline.ruler2.enableOnly(_PAIR_RULES)
    markdown.inline.terminator_re = _MARKUP_WITH_CITATIONS if with_citations else MARKUP
    return markdown


class _PlainTargets(MarkdownIt):
    """Keeps link targets as written and rejects none: the code that opens or exports them does that."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - markdown-it's own name
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


class _Format(NamedTuple):
    style: Style = Style.PLAIN
    link: str = ""
    title: str = ""

    def and_(self, style: Style) -> "_Format":
        return _Format(self.style | style, self.link, self.title)

    def span(self, text: str) -> Span:
        return Span(text, self.style, self.link, "", self.title)


class _SpanBuilder:
    """Converts markdown-it's tokens into spans, tracking the current formatting."""

    def __init__(self, *, breaks: bool) -> None:
        self._breaks = breaks
        self._formats = [_Format()]
        self._tags: Counter[str] = Counter()
        """Number of open HTML tags by name. They are independent of the nesting of Markdown."""
        self._runs: list[Span] = []

    def build(self, tokens: list[Token]) -> list[Span]:
        html_tags.pair_styles(tokens)
        tokens = _without_empty_texts(tokens)
        for index, token in enumerate(tokens):
            around = self._formats[-1]
            text_format = around.and_(self._tag_style()) if self._tags else around
            match token.type:
                case "text" | "text_special":
                    # A newline here comes from an entity: it is white space, not a line break.
                    self._runs.append(text_format.span(token.content.replace("\n", " ")))
                case "code_inline":
                    self._runs.append(text_format.and_(Style.CODE).span(token.content))
                case "formula":
                    self._runs.append(replace(text_format.span(token.markup), formula=token.content))
                case "footnote" | "citation":
                    self._add_reference(token, text_format)
                case "hardbreak":
                    self._drop_space_before(tokens, index)
                    self._runs.append(text_format.span("\n"))
                case "softbreak":
                    self._runs.append(text_format.span(self._soft_break(tokens, index)))
                case "image" | "html_image":
                    self._add_picture(token, text_format)
                case "link_open":
                    self._formats.append(_Format(around.style, _attribute(token, "href"), _attribute(token, "title")))
                    if tokens[index + 1].type == "link_close":
                        self._runs.append(self._formats[-1].span(""))
                case "em_open" | "strong_open" | "s_open":
                    self._formats.append(around.and_(html_tags.STYLES[token.tag]))
                case "html_open" | "html_close":
                    self._count_tag(token)
                case _:
                    self._formats.pop()
        while self._runs and self._runs[-1].text == "\n":
            self._runs.pop()  # `<br>` at the end ends no further line
        return list(self._joined())

    def _drop_space_before(self, tokens: list[Token], index: int) -> None:
        """Drop the space that stands for a line end directly before `<br>`."""
        if index and tokens[index - 1].type == "softbreak" and not self._breaks:
            self._runs.pop()

    def _count_tag(self, token: Token) -> None:
        self._tags[token.tag] += 1 if token.type == "html_open" else -1
        if token.tag == "kbd":
            self._runs.append(Span(""))  # two keys side by side are never joined

    def _tag_style(self) -> Style:
        style = Style.PLAIN
        for name, count in self._tags.items():
            if count:
                style |= html_tags.STYLES[name]
        return style

    def _add_picture(self, token: Token, text_format: _Format) -> None:
        children = _SpanBuilder(breaks=False).build(token.children or [])
        description = token.content if token.type == "html_image" else "".join(span.text for span in children)
        title = _attribute(token, "title") or text_format.title
        self._runs.append(replace(text_format._replace(title=title).span(description), image=_attribute(token, "src")))

    def _add_reference(self, token: Token, text_format: _Format) -> None:
        """Add a reference to a footnote, or a citation: a span for each cited location, with spaces between them."""
        for number, span in enumerate(token.meta.get("spans", ())):
            self._runs += [*([text_format.span(" ")] if number else []), replace(span, style=text_format.style)]
        if token.type == "citation":
            return
        label = token.content
        self._runs.append(Span(token.markup, text_format.style, footnote_anchor(label), footnote=label))

    def _soft_break(self, tokens: list[Token], index: int) -> str:
        if self._breaks:
            return "\n"
        # Emphasis marks leave empty runs.
        before = next((run.text[-1] for run in reversed(self._runs) if run.text), "")
        after = next((tokens[i].content[0] for i in range(index + 1, len(tokens)) if tokens[i].content), "")
        return "" if before and after and joins_lines(before, after) else " "

    def _joined(self) -> Iterator[Span]:
        """Merge adjacent spans with equal formatting, but never two pictures or citations."""
        for _, group in groupby(self._runs, key=_comparison_key):
            first, *others = group
            if first.image or first.formula or first.footnote or first.citation:
                yield first
                yield from others
            elif not others:
                if first.text or first.link:
                    yield first
            elif (text := first.text + "".join(span.text for span in others)) or first.link:
                yield replace(first, text=text)


def _without_empty_texts(tokens: list[Token]) -> list[Token]:
    """Remove the empty texts left by emphasis marks."""
    return [token for token in tokens if token.content or token.type != "text"]


def _comparison_key(span: Span) -> tuple[Style, str, str, str, str, str, str]:
    return span.style, span.link, span.title, span.image, span.formula, span.footnote, span.citation


def _attribute(token: Token, name: str) -> str:
    return str(token.attrs.get(name, ""))
