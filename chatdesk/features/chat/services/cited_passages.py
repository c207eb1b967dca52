"""The passage of a document that a citation is about: the sentence of the cited pages that shares most words with the text before it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import log

from chatdesk.kernel.chat.message import PassageRange
from chatdesk.kernel.documents.citations import CitationTarget, citation_name
from chatdesk.kernel.documents.document_text import DocumentText
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.finding.folding import fold
from chatdesk.kernel.finding.question_words import words_of
from chatdesk.kernel.finding.search_query import TOKEN, is_unspaced
from chatdesk.kernel.text.safe_line import safe_line

_BRACKETS = re.compile(r"\[[^\[\]\n]*\]")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？；])|[\n\t]+")
_SENTENCE = re.compile(r"(?:[^\n.!?。！？]|[.!?](?!\s)|\n(?![^\S\n]*[\n*•|-]))+[.!?。！？]*")
"""A sentence of a document: its lines may be broken anywhere, so only an empty line, an item of a list or a row of a table ends it."""
_MIN_TERMS = 2
"""Terms that a claim must have, and that a passage must share with it."""
_MIN_SHARE = 0.25
"""The minimum share of the weight of a claim's terms in a passage."""
_COMMON = 0.2
"""Terms in more than this share of the sentences are not marked."""
_MIN_SENTENCES = 10
_MIN_WORD = 3
"""Minimum number of letters of a marked word in a script with spaces."""
_MAX_SENTENCES = 50_000
_MAX_BEGINNING = 240
"""Maximum characters of the beginning of a passage."""


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """Where to open the document, and the words of the claim that occur there."""

    passage: PassageRange | None = None
    words: tuple[str, ...] = ()
    beginning: str = ""
    """The first words there, on one line."""


def cited_passage(target: CitationTarget, text: DocumentText | None, before: str, after: str) -> CitedPassage:
    """Return the passage that a citation between two texts is about; only its page if no sentence there fits.

    Slow for long documents.
    """
    if text is None or not target.sections:
        return CitedPassage()
    found = _find(_at_title(target, text), text, before, after)
    if found.passage is None:
        return found
    words = text.passage(found.passage) or text.passage(replace(found.passage, start=0, end=text.length))
    return replace(found, beginning=safe_line(words, _MAX_BEGINNING))


def _at_title(target: CitationTarget, text: DocumentText) -> CitationTarget:
    """Return a target with only the sections that have the cited title, if any."""
    title = citation_name(target.citation.title)
    found = tuple(
        number for number, section in text.selected(target.sections) if title and citation_name(section.title) == title
    )
    return replace(target, sections=found or target.sections)


def _find(target: CitationTarget, text: DocumentText, before: str, after: str) -> CitedPassage:
    if target.citation.lines:
        return CitedPassage(_lines(text, target))
    claim = {term: None for term in _terms(claim_of(before, after)) if words_of(term)}
    sentences = [
        (PassageRange(number, found.start(), found.end()), found[0])
        for number, section in text.selected(target.sections)
        for found in _SENTENCE.finditer(section.text)
        if found[0].strip()
    ][:_MAX_SENTENCES]
    page = PassageRange(target.sections[0], 0, 0) if target.citation.first or target.citation.title else None
    terms = [_terms(sentence).keys() & claim for _, sentence in sentences]
    counts = Counter(term for found in terms for term in found)
    weights = {term: log(1 + len(sentences) / count) for term, count in counts.items()}
    scores = [sum(weights[term] for term in found) for found in terms]
    best = max(range(len(scores)), key=scores.__getitem__, default=None)
    if best is None or len(terms[best]) < min(_MIN_TERMS, len(claim)) or not terms[best]:
        return CitedPassage(page)
    if scores[best] < _MIN_SHARE * sum(weights.get(term, log(1 + len(sentences))) for term in claim):
        return CitedPassage(page)
    found = sentences[best][0]
    rare = {
        term
        for term, count in counts.items()
        if count <= max(_COMMON * len(sentences), 1) or len(sentences) < _MIN_SENTENCES
    }
    words = (term for term in claim if term in rare and _is_word(term))
    return CitedPassage(_trimmed(found, sentences[best][1]), tuple(words))


def claim_of(before: str, after: str = "") -> str:
    """Return what a citation is to prove: the sentence before it, or what follows it if nothing precedes it.

    Other citations between the sentence and this one prove the same.
    """
    for token in reversed(_BRACKETS.split(before)):
        sentences = [part for part in _SENTENCE_END.split(token) if len(_terms(part)) >= _MIN_TERMS]
        if sentences:
            return sentences[-1].strip()
    following = (part for part in _SENTENCE_END.split(_BRACKETS.sub("", after)) if _terms(part))
    return next(following, "").strip()


def _terms(text: str) -> dict[str, None]:
    """Return the folded words of a text in order; for scripts without spaces the pairs of characters."""
    return dict.fromkeys(term for token in re.findall(TOKEN, fold(text)) for term in _pairs(token))


def _pairs(token: str) -> Iterator[str]:
    if is_unspaced(token[0]) and len(token) > 1:
        yield from (token[start : start + 2] for start in range(len(token) - 1))
    else:
        yield token


def _is_word(term: str) -> bool:
    return is_unspaced(term[0]) or len(term) >= _MIN_WORD or term.isdecimal()


def _trimmed(passage: PassageRange, sentence: str) -> PassageRange:
    start = passage.start + len(sentence) - len(sentence.lstrip())
    return PassageRange(passage.section, start, passage.start + len(sentence.rstrip()))


def _lines(text: DocumentText, target: CitationTarget) -> PassageRange:
    """Return the cited lines of the first section; its end if it has fewer."""
    number = target.sections[0]
    lines: Sequence[str] = (
        text.sections[number - 1].text.splitlines(keepends=True) if number <= len(text.sections) else ()
    )
    start = sum(map(len, lines[: target.citation.first - 1]))
    end = start + sum(map(len, lines[target.citation.first - 1 : target.citation.last]))
    return PassageRange(number, start, end)
