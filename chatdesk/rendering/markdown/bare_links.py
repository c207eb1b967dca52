"""Unmarked links in running text: `https://…`, `www.…` and email addresses (GFM 6.9, autolinks).

Unlike in GFM, a link ends where Chinese, Japanese or Korean text follows without a space, as is common there.
"""

import re
from collections.abc import Iterator

# Kana, ideographs, Hangul, full-width forms and the punctuation of these scripts.
CJK = "\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_CANDIDATE = re.compile(
    rf"(?<![\w@/.:-])(?:(?P<web>https?://|www\.)(?P<tail>[^\s<>\"“”‘’…—{CJK}]+)"
    r"|(?P<mail>[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24})(?![\w@-]))",
    re.ASCII | re.IGNORECASE,
)
_HOST = re.compile(r"(?:localhost|\[[0-9a-f:.]+\]|[^\s/?#:@]+\.[^\s/?#:@.]+)(?:[/?#:]|$)", re.IGNORECASE)
_TRAILING = "?!.,:*_~'\"`;"


def find_links(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the start, end and target of each link in `text`, in order."""
    if "@" not in text and "://" not in text and "www." not in text.lower():
        return  # true for most texts: testing every position for a link takes far longer
    for match in _CANDIDATE.finditer(text):
        if mail := match["mail"]:
            yield match.start(), match.end(), "mailto:" + mail
            continue
        prefix = match["web"]
        tail = _without_trailing_marks(match["tail"])
        host = prefix + tail if prefix.lower() == "www." else tail
        if _HOST.match(host):
            words = prefix + tail
            yield match.start(), match.start() + len(words), words if "://" in prefix else "http://" + words


def _without_trailing_marks(tail: str) -> str:
    """Remove punctuation that belongs to the sentence, and closing brackets that were opened before the link."""
    surplus = {")": tail.count(")") - tail.count("("), "]": tail.count("]") - tail.count("[")}
    end = len(tail)
    while end:
        last = tail[end - 1]
        if surplus.get(last, 0) > 0:
            surplus[last] -= 1
            end -= 1
        elif last in _TRAILING:
            end -= 1
        else:
            break
    return tail[:end]
