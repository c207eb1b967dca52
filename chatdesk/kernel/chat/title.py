"""A chat's title, taken from its first question: no extra model run."""

import re

_LONGEST = 60
_MARKUP = re.compile(r"^\s*(?:#{1,6}\s+|>\s*|[-*+]\s+|\d+[.)]\s+|```\S*\s*)+|[`*_]{1,3}(?=\S)|(?<=\S)[`*_]{1,3}")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s|(?<=[。！？])")


def title_from(question: str) -> str:
    """Return the first sentence of the first line that says something, cut at a word; empty if there is none."""
    for line in question.splitlines():
        words = " ".join(_CONTROL.sub(" ", _MARKUP.sub("", line)).split())
        if any(character.isalnum() for character in words):
            sentence = _SENTENCE_END.split(words, maxsplit=1)[0].rstrip(" .,:;。，：；、")
            return _cut(sentence)
    return ""


def _cut(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    head = text[: _LONGEST - 1]
    at_word = head.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > _LONGEST // 2 else head) + "…"
