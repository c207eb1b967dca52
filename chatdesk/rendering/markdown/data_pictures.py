"""Pictures embedded in the text as `data:` URIs of several megabytes: hidden from the inline parser, and cheap while they arrive.

While a picture is arriving, its span has the source `data:image/…;base64,` without the data received so far, because its appearance does
not change until it is complete.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from chatdesk.rendering.markdown.blocks import Span

_URI = re.compile("data:image/[\\w.+-]+;base64,([A-Za-z0-9+/=]{256,})")
_LONG_DATA = re.compile("data:image/[\\w.+-]+;base64,[A-Za-z0-9+/=]{256}")
_MARK = "\uffff"
"""Never part of a text: `source_lines.py` replaces it."""
_STAND_IN = re.compile(f"data:image/[\\w.+-]+;base64,{_MARK}(\\d+){_MARK}")
_PAYLOAD = re.compile("[A-Za-z0-9+/=]+")
_OPEN = re.compile(r"((?:\]\(|src=[\"'])data:image/[\w.+-]+;base64,)[A-Za-z0-9+/=]*")
_OPENINGS = {"](data:image/": ")", 'src="data:image/': '">', "src='data:image/": "'>"}
"""How a picture begins as Markdown and as HTML, and what would end it."""
_GLANCE = 256


def holds_data(text: str) -> bool:
    """Return whether a text contains a picture, or the beginning of one, whose data is long enough to be hidden from the parser."""
    return _LONG_DATA.search(text) is not None


def is_payload(text: str) -> bool:
    """Return whether a text consists only of further picture data."""
    return _PAYLOAD.fullmatch(text) is not None


def ends_in_picture(content: str) -> bool:
    """Return whether a picture is still arriving at the end of a text: `![…](data:image/…;base64,` or `<img src="data:…` and some data."""
    start, _ = _last_opening(content)
    if start >= 0 and len(content) - start > _GLANCE and not is_payload(content[-_GLANCE // 2 :]):
        return False  # decided without reading megabytes
    return start >= 0 and _OPEN.fullmatch(content, start) is not None


def _last_opening(content: str) -> tuple[int, str]:
    """Return the position of the last picture that begins in a text, or -1, and what would end it."""
    return max((content.rfind(opening), ending) for opening, ending in _OPENINGS.items())


class ShortenedText:
    """Replaces long data with placeholders, and restores the data after parsing."""

    def __init__(self) -> None:
        self._head = self._short_head = ""
        """The text up to the end of the last picture, which is not searched again when the text grows."""
        self._uris: list[str] = []

    def shorten(self, content: str) -> str:
        """Return the text to be parsed."""
        if not self._head or not content.startswith(self._head):
            self._head = self._short_head = ""
            self._uris = []
        rest = content[len(self._head) :]
        if ends_in_picture(rest):
            start, ending = _last_opening(rest)
            return self._short_head + self._shorten(rest[:start]) + _OPEN.sub(rf"\g<1>{ending}", rest[start:])
        found = list(_URI.finditer(rest))
        if not found:
            return self._short_head + rest
        # Data at the end of the text may continue; data followed by something is complete.
        cut = found[-1].end()
        short = self._shorten(rest[:cut])
        if cut < len(rest):
            self._head, self._short_head = content[: len(self._head) + cut], self._short_head + short
            return self._short_head + rest[cut:]
        return self._short_head + short

    def restore(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Return the spans with the data restored."""
        return tuple(self._restored(span) for span in spans)

    def _shorten(self, text: str) -> str:
        def stand_in(found: re.Match[str]) -> str:
            self._uris.append(found[0])
            return f"{found[0][: found.start(1) - found.start()]}{_MARK}{len(self._uris) - 1}{_MARK}"

        return _URI.sub(stand_in, text)

    def _restored(self, span: Span) -> Span:
        if _MARK not in span.text + span.link + span.image + span.title:
            return span
        return replace(
            span,
            text=self._long(span.text),
            link=self._long(span.link),
            image=self._long(span.image),
            title=self._long(span.title),
        )

    def _long(self, text: str) -> str:
        whole = _STAND_IN.fullmatch(text)
        if whole:
            return self._uris[int(whole[1])]
        return _STAND_IN.sub(lambda found: self._uris[int(found[1])], text)
