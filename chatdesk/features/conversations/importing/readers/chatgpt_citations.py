"""Citations in answers of ChatGPT: marks of private-use characters, which become the numbers of sources.

A mark is U+E200, a kind, U+E202, references, U+E201. The metadata of the message say what a mark refers to. Older answers have a number in
wide brackets instead, with its position.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from chatdesk.features.presets.importing.entries import list_in, record_in, text_in
from chatdesk.kernel.chat.message import MAX_SOURCES, Source, SourcesPart, bounded

_MARK = re.compile("([ \u00a0]?)(\ue200([^\ue201]{0,20000})\ue201)")
_SIGNS = "\ue200\ue201\ue202\ue203\ue204\ue205\ue206"
_STRAY = re.compile(f"[{_SIGNS}]")
_MAX_REFERENCES = 500
_WIDE_OPENING = "【"

Record = Mapping[str, object]


class Citations:
    """The sources of one answer, in the order in which it refers to them."""

    def __init__(self) -> None:
        self._sources: dict[str, Source] = {}
        self.lost = 0
        """Number of sources beyond the limit."""

    @property
    def part(self) -> SourcesPart:
        """All sources, which may be none."""
        return SourcesPart(tuple(self._sources.values()))

    def add(self, source: Source) -> int:
        """Return the number of a source; 0 if there are too many, or if it is empty."""
        kept = bounded((source,))
        if not kept:
            return 0
        key = kept[0].address or f"{kept[0].title}\n{kept[0].passage}"
        if key in self._sources:
            return self._sources[key].number
        if len(self._sources) >= MAX_SOURCES:
            self.lost += 1
            return 0
        self._sources[key] = replace(kept[0], number=len(self._sources) + 1)
        return self._sources[key].number

    def resolved(self, text: str, metadata: Record) -> str:
        """Return a text with numbers in brackets for its citations, and without other marks."""
        for each in reversed(list_in(metadata, "citations")[:_MAX_REFERENCES]):  # from the end: positions remain valid
            text = self._with_number(text, each) if isinstance(each, dict) else text
        meanings: dict[str, str] = {}
        for each in list_in(metadata, "content_references")[:_MAX_REFERENCES]:
            reference = each if isinstance(each, dict) else {}
            if text_in(reference, "type") == "entity":
                meaning = text_in(reference, "name")
            else:
                meaning = "".join(f"[{number}]" for source in _sources(reference) if (number := self.add(source)))
            meanings[text_in(reference, "matched_text")] = meaning

        def replacement(mark: re.Match[str]) -> str:
            shown = meanings.get(mark[2]) or _name_in(mark[3])
            return (" " if shown.startswith("[") else mark[1]) + shown if shown else ""

        has_signs = any(sign in text for sign in _SIGNS)  # much faster than a pattern
        return _STRAY.sub("", _MARK.sub(replacement, text)) if has_signs else text

    def _with_number(self, text: str, citation: Record) -> str:
        start, end = citation.get("start_ix"), citation.get("end_ix")
        about = record_in(citation, "metadata")
        number = self.add(Source(0, text_in(about, "title"), text_in(about, "text"), "", text_in(about, "url")))
        if not number or not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
            return text
        return f"{text[:start]}[{number}]{text[end:]}" if text[start] == _WIDE_OPENING else text


def _sources(reference: Record) -> Iterator[Source]:
    kind = text_in(reference, "type")
    if kind == "hidden" or "image" in kind:
        return
    own = (reference,) if text_in(reference, "url", "name") else ()
    listed = (each for key in ("items", "sources", "products") for each in list_in(reference, key))
    for each in (*own, *listed):
        record = each if isinstance(each, dict) else {}
        title = text_in(record, "title", "name", "attribution")
        yield Source(0, title, text_in(record, "snippet"), "", text_in(record, "url"))


def _name_in(mark: str) -> str:
    """Return the name of an entity in a mark without metadata; empty for any other mark."""
    kind, _, rest = mark.partition("\ue202")
    if kind != "entity":
        return ""
    try:
        value = json.loads(rest)
    except (ValueError, RecursionError):
        return ""
    name = value[1] if isinstance(value, list) and len(value) > 1 else ""
    return name if isinstance(name, str) else ""
