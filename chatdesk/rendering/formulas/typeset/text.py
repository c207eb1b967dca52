r"""What is within \text and its relatives: words, with formulas in dollar signs, accents and styles."""

import re
import unicodedata
from xml.etree import ElementTree as ET

from chatdesk.rendering.formulas.typeset.elements import Elements, Style, node, operator, row, space, token, undisplayed
from chatdesk.rendering.formulas.typeset.groups import argument, group_end, words
from chatdesk.rendering.formulas.typeset.parser import Parser
from chatdesk.rendering.formulas.typeset.symbols import SPACES, sign_of
from chatdesk.rendering.formulas.typeset.typeset_formula import NotSettable, Reason

_TOKEN = re.compile(r"\\[a-zA-Z]+\s*|\\.|``|''|---|--|\s+|[^\\`'\-\s{}$~]+|.", re.DOTALL)
_TYPED = {"``": "“", "''": "”", "---": "—", "--": "–", "~": "\u00a0", "`": "‘", "'": "’", "\\\\": " "}
_ACCENTS = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "k": "\u0328",
    "d": "\u0323",
    "r": "\u030a",
}
_DOLLAR = re.compile(r"(?<!\\)\$")
_CLOSING = re.compile(r"\\\)")
_FONTS = {
    "textbf": "bold",
    "textit": "italic",
    "textsl": "italic",
    "emph": "italic",
    "textsf": "sans-serif",
    "texttt": "monospace",
    **dict.fromkeys(words("textrm textnormal textmd textup textsc mbox hbox mathrm"), ""),
}
_SWITCHES = {
    **dict.fromkeys(("bf", "bfseries"), "bold"),
    **dict.fromkeys(("it", "itshape", "em"), "italic"),
    **dict.fromkeys(("tt", "ttfamily"), "monospace"),
    **dict.fromkeys(("sf", "sffamily"), "sans-serif"),
    **dict.fromkeys(("rm", "rmfamily", "normalfont"), ""),
}
_WITH_ARGUMENT = (
    _ACCENTS.keys() | _FONTS.keys() | {"text", "ding", "textsuperscript", "textsubscript", "textcircled", "underline"}
)
_IGNORED = words("tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge centering strut relax")
_DINGBATS = {
    "51": "✓",
    "52": "✔",
    "53": "✕",
    "54": "✖",
    "55": "✗",
    "56": "✘",
    "72": "★",
    "73": "☆",
    "108": "●",
    "110": "■",
    **{str(172 + n): chr(0x2460 + n) for n in range(10)},
}


def text(parser: Parser, source: str, style: Style) -> Elements:
    """Return words as elements. Raise `NotSettable` for what has no meaning in words."""
    return _Text(parser, style).read(source, "")


class _Text:
    def __init__(self, parser: Parser, style: Style) -> None:
        self._parser = parser
        self._style = style
        self._made: Elements = []
        self._words = ""
        self._font = ""

    def read(self, source: str, font: str) -> Elements:
        """Return the elements of a text, which begins in a font."""
        self._font = font
        at = 0
        while found := _TOKEN.match(source, at):
            at = self._token(source, found[0], found.end())
        self._end_words()
        return self._made

    def _token(self, source: str, symbol: str, end: int) -> int:
        """Read a token and its arguments. Return the position after them."""
        if symbol in {"$", r"\("}:
            close = (_DOLLAR if symbol == "$" else _CLOSING).search(source, end)
            if not close:
                raise NotSettable(Reason.UNBALANCED, symbol)
            self._add(self._parser.sub(source[end : close.start()], self._style.inner()))
            return close.end()
        if symbol == "{":
            close_at = group_end(source, end - 1)
            self._add(*self._nested(source[end : close_at - 1], self._font))
            return close_at
        if symbol == "}":
            raise NotSettable(Reason.UNBALANCED, "}")
        if symbol.startswith("\\") and symbol not in _TYPED:
            return self._command(source, symbol.strip()[1:] or " ", end)
        self._words += " " if symbol.isspace() else _TYPED.get(symbol, symbol)
        return end

    def _command(self, source: str, name: str, end: int) -> int:
        if name in SPACES:
            self._space(SPACES[name])
        elif name in _SWITCHES:
            self._end_words()
            self._font = _SWITCHES[name]
        elif name in _WITH_ARGUMENT:
            content, end = argument(source, end)
            self._read_argument(name, content)
        elif name == "textcolor":
            color, end = argument(source, end)
            content, end = argument(source, end)
            self._add(node("mstyle", *self._nested(content, self._font), mathcolor=color.strip()))
        elif name not in _IGNORED:
            return self._other(source, name, end)
        return end

    def _read_argument(self, name: str, content: str) -> None:
        if name in _ACCENTS:
            letter = {r"\i": "i", r"\j": "j"}.get(content, content)
            self._words += unicodedata.normalize("NFC", letter[:1] + _ACCENTS[name]) + letter[1:]
        elif name == "ding":
            if content not in _DINGBATS:
                raise NotSettable(Reason.UNKNOWN, rf"\ding{{{content[:10]}}}")
            self._words += _DINGBATS[content]
        elif name in {"textsuperscript", "textsubscript"}:
            script = undisplayed(row(self._nested(content, self._font)))
            self._add(node("msup" if name == "textsuperscript" else "msub", node("mrow"), script))
        elif name == "textcircled":
            self._add(node("menclose", row(self._nested(content, self._font)), notation="circle"))
        elif name == "underline":
            line = operator("―", stretchy="true")
            self._add(node("munder", row(self._nested(content, self._font)), line, accentunder="true"))
        else:
            self._add(*self._nested(content, _FONTS.get(name, self._font)))

    def _other(self, source: str, name: str, end: int) -> int:
        """Read a sign, or a command of formulas with its arguments, which is often used in words without dollar signs."""
        if found := sign_of(name):
            self._words += found
            return end
        inner = Parser(source, self._parser.grammar, self._parser.depth + 1)
        inner.at = source.rindex(f"\\{name}", 0, end)
        if (element := inner.nucleus(self._style.inner())) is not None:
            self._add(element)
        return inner.at

    def _nested(self, source: str, font: str) -> Elements:
        return _Text(self._parser, self._style).read(source, font)

    def _space(self, width: float) -> None:
        if width == SPACES[" "]:
            self._words += "\u00a0"
        else:
            self._add(space(width))

    def _add(self, *elements: ET.Element) -> None:
        self._end_words()
        self._made += elements

    def _end_words(self) -> None:
        written, self._words = re.sub(" +", " ", self._words), ""
        if written:
            # MathML drops spaces at the edges.
            written = re.sub("^ | $", "\u00a0", written)
            self._made.append(token("mtext", written, **({"mathvariant": self._font} if self._font else {})))
