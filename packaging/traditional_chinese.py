"""Makes the Traditional Chinese translations of the Simplified ones: `traditional_chinese.py SOURCE.ts OUTPUT.ts`.

OpenCC converts characters and the terms of Taiwan (`s2twp`). Where it chooses another term than software in Taiwan does, or cannot know
the meaning, `traditional_chinese.toml` decides: `terms` are replaced before the conversion, the longest first, and `texts` are whole
translations by their English source.
"""

from __future__ import annotations

import html
import re
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

_MESSAGE = re.compile(r"<message[^>]*>.*?</message>", re.DOTALL)
_SOURCE = re.compile(r"<source>(.*?)</source>", re.DOTALL)
_TEXT = re.compile(r"(<(translation|numerusform)[^>]*>)([^<]+)(</\2>)")


def convert_file(text: str, convert: Callable[[str], str], terms: Mapping[str, str], texts: Mapping[str, str]) -> str:
    """Return a file of translations with each translation converted. Raise ValueError for an entry of `texts` that is not in the file."""
    ordered = sorted(terms, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, ordered))) if ordered else None
    unused = set(texts)

    def converted(simplified: str) -> str:
        # Parts that the terms decide are kept apart, so that OpenCC does not change them again.
        parts, end = [], 0
        for match in pattern.finditer(simplified) if pattern else ():
            parts += [convert(simplified[end : match.start()]), terms[match[0]]]
            end = match.end()
        return "".join((*parts, convert(simplified[end:])))

    def message(match: re.Match[str]) -> str:
        found = _SOURCE.search(match[0])
        source = html.unescape(found[1]) if found else ""
        if source in texts:
            unused.discard(source)
            whole = html.escape(texts[source], quote=True).replace("&#x27;", "&apos;")
            return _TEXT.sub(lambda part: part[1] + whole + part[4], match[0])
        return _TEXT.sub(lambda part: part[1] + converted(part[3]) + part[4], match[0])

    result = _MESSAGE.sub(message, text).replace('language="zh_CN"', 'language="zh_TW"')
    if unused:
        raise ValueError(f"no such texts: {sorted(unused)}")
    return result


def main() -> None:
    """Write the file of translations."""
    from opencc import OpenCC  # noqa: PLC0415 - tests of the conversion need it not

    source, output = map(Path, sys.argv[1:])
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    converted = convert_file(source.read_text("utf-8"), OpenCC("s2twp").convert, table["terms"], table["texts"])
    output.write_text(converted, encoding="utf-8")


if __name__ == "__main__":
    main()
