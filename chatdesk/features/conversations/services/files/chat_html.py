"""Chats as a web page: one file without scripts, which loads nothing and follows the light or dark appearance of the computer.

Everything that chats contain is untrusted: it is escaped, and a policy in the file forbids what an escape could have missed.
"""

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from chatdesk.features.chat.services.request.formulas import FormulaKey
from chatdesk.features.conversations.services.files.chat_markdown import sources_of_chat
from chatdesk.features.conversations.services.files.exported_chat import (
    ChatFormat,
    Export,
    ExportedChat,
    ExportedMessage,
)
from chatdesk.features.conversations.services.files.exported_turns import (
    AttachedContent,
    ContentKind,
    WrittenContent,
    caption_of,
    content_of,
    reasoning_head,
)
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.rendering.code.highlight import TokenKind
from chatdesk.rendering.export.formula_svg import FormulaShapes
from chatdesk.rendering.export.html import code_writer, to_html
from chatdesk.rendering.export.math_core import math_core
from chatdesk.rendering.formulas.typeset.typeset_formula import TypesetFormula
from chatdesk.rendering.markdown.markdown import parse

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_PICTURES = ("data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,", "data:image/webp;base64,")
_LIGHT = {
    "page": "#fff",
    "text": "#1a2023",
    "quiet": "#49555a",
    "link": "#0a6478",
    "line": "#d2d9db",
    "bubble": "#edf2f3",
    "sunken": "#f6f8f8",
    "mark": "#ffe9a8",
    "keyword": "#7a3796",
    "string": "#2a6b33",
    "number": "#924400",
    "comment": "#5f6c71",
    "function": "#0b5796",
    "type": "#0a6478",
    "builtin": "#8a3b12",
    "punctuation": "#4b575c",
    "success": "#1a6e3c",
    "warning": "#7f5000",
    "danger": "#ae2318",
}
_DARK = {
    "page": "#1b1f20",
    "text": "#e3e8e9",
    "quiet": "#b1babd",
    "link": "#72cbda",
    "line": "#394144",
    "bubble": "#2a3033",
    "sunken": "#141718",
    "mark": "#43380f",
    "keyword": "#cba1e4",
    "string": "#9ccb8d",
    "number": "#e3b07a",
    "comment": "#8b979b",
    "function": "#88bcf2",
    "type": "#72cbda",
    "builtin": "#e8a889",
    "punctuation": "#a9b3b6",
    "success": "#74ce98",
    "warning": "#e3b45e",
    "danger": "#f29a91",
}
_STYLE = """
body { max-width: 45rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; background: var(--page); color: var(--text);
  font: 1rem/1.6 system-ui, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
h1, h2, h3, h4, h5, h6 { line-height: 1.3; margin: 1.5em 0 .5em; }
h1 { font-size: 1.6rem; margin-top: 0; } h2 { font-size: 1.35rem; } h3 { font-size: 1.2rem; } h4, h5, h6 { font-size: 1rem; }
p, h1, h2, h3, h4, h5, h6, li, td, th, dt, dd, summary, pre { unicode-bidi: plaintext; }
p, li, dd, th:not([align]), td:not([align]) { text-align: start; }
p, li, td, th, dd { overflow-wrap: break-word; }
a { color: var(--link); }
img { max-width: 100%; height: auto; border-radius: 6px; }
hr { border: 0; border-top: 1px solid var(--line); margin: 1.5em 0; }
article + article { margin-top: 4rem; padding-top: 2rem; border-top: 1px solid var(--line); }
.question { background: var(--bubble); border-radius: 12px; padding: .75rem 1rem; margin: 2rem 0 1.25rem; }
.question > :first-child, blockquote > :first-child { margin-top: 0; }
.question > :last-child, blockquote > :last-child { margin-bottom: 0; }
.facts, .date, figcaption { color: var(--quiet); font-size: .85rem; margin: .25rem 0; }
.instructions, .reasoning, details { margin: 1rem 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line); }
.instructions, .reasoning, blockquote { color: var(--quiet); }
blockquote { margin: 1rem 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line); }
blockquote[class] { color: inherit; border-color: var(--alert); }
blockquote[class] > p:first-child { color: var(--alert); }
.alert-note { --alert: var(--link); } .alert-tip { --alert: var(--success); } .alert-important { --alert: var(--keyword); }
.alert-warning { --alert: var(--warning); } .alert-caution { --alert: var(--danger); }
li:has(> input) { list-style: none; }
li > input { margin: 0 .4em 0 -1.4em; } :dir(rtl) > li > input { margin: 0 -1.4em 0 .4em; } li > input + p { display: inline; }
summary { cursor: pointer; }
figure { margin: 1rem 0; }
pre { background: var(--sunken); border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem;
  overflow-x: auto; line-height: 1.5; }
code, kbd { font: .875em "JetBrains Mono", Consolas, Menlo, "DejaVu Sans Mono", monospace; }
:not(pre) > code, kbd { background: var(--bubble); border-radius: 4px; padding: .1em .3em; }
mark { background: var(--mark); color: inherit; }
table { display: block; width: fit-content; max-width: 100%; overflow-x: auto; border-collapse: collapse; margin: 1rem 0; }
td, th { border: 1px solid var(--line); padding: .35rem .75rem; font-variant-numeric: tabular-nums; }
th { background: var(--bubble); }
:is(p, dd, h2, h3, h4, h5, h6):has(> math), :is(ul, ol):has(> li > math) { overflow-x: auto; overflow-y: hidden; }
.math { display: block; overflow-x: auto; overflow-y: hidden; text-align: center; padding: .2em 0; }
math { font: 1.1em "Latin Modern Math", "STIX Two Math", "Cambria Math", "Libertinus Math", "DejaVu Math TeX Gyre",
  "Noto Sans Math", math; }
.math math { display: inline math; math-style: normal; }
.formula { position: relative; white-space: nowrap; } .formula svg { overflow: visible; fill: currentColor; }
.tag { margin-inline-start: 2em; }
.source { position: absolute; left: 0; top: 0; width: 100%; height: 100%; overflow: hidden; color: transparent; font-size: 1px; }
.shapes { position: absolute; width: 0; height: 0; }
.footnotes { font-size: .9rem; color: var(--quiet); }
.footnotes li > p:last-of-type { display: inline; }
@media print { body { max-width: none; padding: 0; } pre { white-space: pre-wrap; } tr, img, .question { break-inside: avoid; }
  h1, h2, h3, h4 { break-after: avoid; } thead { display: table-header-group; } table { display: table; }
  :is(p, dd, h2, h3, h4, h5, h6, ul, ol) { overflow: visible; } }
"""


class _Page:
    """Writes one file."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self._shapes = FormulaShapes()
        self._code = code_writer({kind: f'class="{_class(kind)}"' for kind in TokenKind})
        self._texts = 0

    def write(self) -> str:
        """Return the file."""
        export = self._export
        several = len(export.chats) > 1
        body = [self._contents()] if several else []
        count = max(1, sum(len(chat.turns) for chat in export.chats))
        done = 0
        for number, chat in enumerate(export.chats):
            body.append(f'<article id="chat-{number}">\n{self._head(chat, "h2" if several else "h1")}')
            for turn in chat.turns:
                export.report(done / count)
                done += 1
                body.append("".join(self._turn(turn, chat)))
            if chat.cited:
                body.append(self._text(sources_of_chat(chat, export.labels)))
            body.append("</article>\n")
        title = escape(export.title)
        return (
            f'<!DOCTYPE html>\n<html lang="{escape(export.labels.language)}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
            f"<title>{title}</title>\n<style>\n:root {{ {_variables(_LIGHT)} }}\n"
            f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {_variables(_DARK)} }} }}{_STYLE}</style>\n"
            f"</head>\n<body>\n{self._shapes.definitions()}{''.join(body)}</body>\n</html>\n"
        )

    def _contents(self) -> str:
        links = "".join(
            f'<li><a href="#chat-{number}">{escape(chat.title)}</a></li>\n'
            for number, chat in enumerate(self._export.chats)
        )
        return f"<h1>{escape(self._export.title)}</h1>\n<nav><ol>\n{links}</ol></nav>\n"

    def _head(self, chat: ExportedChat, tag: str) -> str:
        labels = self._export.labels
        title = f"<{tag}>{escape(chat.title)}</{tag}>\n" if chat.title else ""
        date = labels.format_date(chat.turns[-1].message.created_at if chat.turns else self._export.now)
        instructions = ""
        if chat.settings.instructions.strip():
            head = f"<p><strong>{escape(labels.instructions)}</strong></p>\n"
            instructions = f'<div class="instructions">{head}{self._text(chat.settings.instructions)}</div>\n'
        return f'{title}<p class="date">{escape(date)}</p>\n{instructions}'

    def _turn(self, turn: ExportedMessage, chat: ExportedChat) -> Iterator[str]:
        role = "question" if turn.message.role is Role.USER else "answer"
        yield f'<section class="{role}" aria-label="{escape(turn.speaker)}">\n'
        if facts := caption_of(turn):
            yield f'<p class="facts">{escape(facts)}</p>\n'
        for content in content_of(turn, chat):
            yield _attached(content) if isinstance(content, AttachedContent) else self._written(content)
        yield "</section>\n"

    def _written(self, content: WrittenContent) -> str:
        labels = self._export.labels
        text = self._blocks(content)
        match content.kind:
            case ContentKind.REASONING:
                head = escape(reasoning_head(content, labels))
                return f'<details class="reasoning">\n<summary>{head}</summary>\n{text}</details>\n'
            case ContentKind.SOURCES:
                return f"<p><strong>{escape(labels.sources)}</strong></p>\n{text}"
            case ContentKind.TEXT:
                return text

    def _text(self, markdown: str) -> str:
        return self._blocks(WrittenContent(ContentKind.TEXT, parse(markdown)))

    def _blocks(self, content: WrittenContent) -> str:
        self._texts += 1
        return to_html(
            content.blocks,
            keep_picture=lambda source: source.startswith(_PICTURES),
            math=self._math,
            alert_title=self._export.labels.alert_title,
            code=self._code,
            first_heading=3 if len(self._export.chats) > 1 else 2,
            name_prefix=f"t{self._texts}-",
            with_directions=True,
        )

    def _math(self, latex: str, displayed: bool) -> str:
        written = math_core(latex, displayed)
        formula = None if written else self._export.formulas.get(FormulaKey(latex, displayed))
        if isinstance(formula, TypesetFormula):
            written = self._shapes.svg(formula, latex)
        return f'<span class="math">{written}</span>' if displayed and written else written


def needs_picture(key: FormulaKey) -> bool:
    """Return whether browsers do not have everything of a formula in MathML."""
    return not math_core(key.latex, key.displayed)


def _attached(content: AttachedContent) -> str:
    name = escape(content.part.name)
    if content.picture:
        return f'<figure><img src="{content.picture.data_uri()}" alt="{name}"></figure>\n'
    if content.copy:
        return f'<p><a href="{escape(quote(content.copy))}">{name}</a></p>\n'
    return f"<p><code>{name}</code></p>\n" if name else ""


def _variables(colors: dict[str, str]) -> str:
    return " ".join(f"--{name}: {color};" for name, color in colors.items())


def _class(kind: TokenKind) -> str:
    return kind.removeprefix("code").lower()


_STYLE += "".join(f".{_class(kind)} {{ color: var(--{_class(kind)}); }}\n" for kind in TokenKind if kind != "codeText")


def html_file(export: Export) -> bytes:
    """Return the file. Slow for a long chat."""
    return _Page(export).write().encode("utf-8", "replace")


HTML = ChatFormat(
    "html",
    QT_TRANSLATE_NOOP("ChatFormats", "HTML"),
    QT_TRANSLATE_NOOP("ChatFormats", "One page for any browser, light and dark, with all pictures in it"),
    html_file,
    draws_formulas=True,
    draws=needs_picture,
)
