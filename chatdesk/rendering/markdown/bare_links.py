"""Addresses without marks around them: `https://…`, `ftp://…`, `www.…`, `mailto:…` and email addresses (GFM 6.9, autolinks).

Unlike in GFM, an address may follow and precede Chinese, Japanese and Korean text without a space, as is common there. Letters of these
scripts belong to the path (`https://zh.wikipedia.org/wiki/中国`), their punctuation ends the address. Hosts with names of one letter and
addresses with user names are left alone.
"""

import re
from html import unescape

from chatdesk.kernel.fast_dataclass import dataclass

# Kana, ideographs, Hangul, full-width forms and the punctuation of these scripts.
CJK = "\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_CJK_MARKS = (
    "\u2e80-\u2fff\u3000-\u3004\u3008-\u3020\u3030\u303d-\u303f\u30fb"
    "\ufe30-\ufe4f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_CJK_LETTER = re.compile(f"(?![{_CJK_MARKS}])[{CJK}]")
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7af]")
_GLANCE = ("@", "://", "www.", "mailto:")
_START = re.compile(
    r"(?<![A-Za-z0-9@/.-])(?=(?:https?|ftp)://|(?<!:)(?:www\.|mailto:|[A-Za-z0-9][\w.+-]{0,63}@))",
    re.ASCII | re.IGNORECASE,
)
_WEB = re.compile(rf"((?:https?|ftp)://|www\.)([^\s<>\"“”‘’…—{_CJK_MARKS}]+)", re.IGNORECASE)
_MAIL = re.compile(
    r"(mailto:)?[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9_-]{1,63}\.){1,8}[A-Za-z0-9]{1,24}(?![\w@-])",
    re.ASCII | re.IGNORECASE,
)
_HOST = re.compile(
    r"(?:localhost|\[[0-9a-f:.]+\]|[^\s/?#:@]+\.[^\s/?#:@._]+|[A-Za-z][\w-]+)(?=[/?#:]|\Z)", re.IGNORECASE
)
_NOT_IN_HOSTS = "()*~`'!$&+,;=|{}^"
_TRAILING = "?!.,:*_~'\"`;"
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ENTITY_AT_END = re.compile(r"&[A-Za-z0-9]{1,32};\Z")
_MARKS_OF_EMPHASIS = re.compile(r"[*_~`]")


@dataclass(frozen=True, slots=True)
class Address:
    """An address in a text."""

    end: int
    """Position after it."""
    target: str


def address_starts(text: str) -> list[int]:
    """Return the positions at which an address may begin, in order."""
    lower = text.lower()
    if not any(part in lower for part in _GLANCE):
        return []  # true for most texts: testing every position takes far longer
    return [match.start() for match in _START.finditer(text)]


def address_at(text: str, start: int, limit: int) -> Address | None:
    """Return the address that begins at a position and ends before `limit`."""
    if mail := _MAIL.match(text, start, limit):
        target = mail[0] if mail[1] else "mailto:" + mail[0]
        return Address(mail.end(), target)
    match = _WEB.match(text, start, limit)
    if not match:
        return None
    prefix = match[1]
    glued = start > 0 and _CJK_LETTER.match(text[start - 1]) is not None
    tail = _without_trailing_marks(_without_sentence(match[2], after_words=glued))
    host = prefix + tail if prefix.lower() == "www." else tail
    if not _HOST.match(host):
        return None
    address = prefix + tail
    return Address(start + len(address), address if "://" in prefix else "http://" + address)


def replace_entities(text: str) -> str:
    """Return an address with its character references replaced. Only complete ones count: `&copy=1` is a parameter."""
    return _ENTITY.sub(lambda match: unescape(match[0]), text) if "&" in text else text


def _without_sentence(tail: str, *, after_words: bool) -> str:
    """Cut an address where the sentence continues without a space.

    A host ends at Chinese, Japanese and Korean letters unless it begins with one. In the path they belong to the address, except after
    marks of emphasis, and after Latin letters and digits if a sentence without spaces contains the address (`after_words`) or if they are
    Hangul: particles follow without a space.
    """
    brackets = 0
    in_path = False
    wide_host = _CJK_LETTER.match(tail) is not None
    for index, character in enumerate(tail):
        if character == "[":
            brackets += 1
        elif character == "]":
            brackets -= 1
            if brackets < 0:
                return tail[:index]
        elif character in "/?#":
            in_path = True
        elif not in_path and character in _NOT_IN_HOSTS:
            return tail[:index]
        elif not character.isascii() and _CJK_LETTER.match(character):
            before = tail[index - 1 : index]
            narrow = before.isascii() and before.isalnum()
            ends = narrow and (after_words or _HANGUL.match(character) is not None)
            if (not in_path and not wide_host) or ends or _MARKS_OF_EMPHASIS.match(before):
                return tail[:index]
    return tail


def _without_trailing_marks(tail: str) -> str:
    """Remove punctuation that belongs to the sentence, and closing brackets that were opened before the link."""
    surplus = {")": tail.count(")") - tail.count("("), "]": tail.count("]") - tail.count("[")}
    end = len(tail)
    while end:
        last = tail[end - 1]
        if surplus.get(last, 0) > 0:
            surplus[last] -= 1
            end -= 1
        elif last == ";" and (entity := _ENTITY_AT_END.search(tail, max(0, end - 34), end)):
            end = entity.start()
        elif last in _TRAILING:
            end -= 1
        else:
            break
    return tail[:end]
