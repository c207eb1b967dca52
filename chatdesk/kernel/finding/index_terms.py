"""Conversion of texts and queries into terms of the search index.

The terms are words, and for scripts that are written without spaces overlapping pairs plus the last character alone: every character then
begins a term. 学习机 is 学习 习机 机. A query for one character is then a prefix search, and a longer one a phrase of the same pairs.

The index only finds candidates: whether a text contains a query is decided by `search_query.py`. Each text that contains it must be among
them, and a change of the terms requires a migration that rebuilds the index.
"""

import re

from chatdesk.kernel.finding.folding import fold
from chatdesk.kernel.finding.search_query import FIRST_UNSPACED, TOKEN, SearchQuery, SearchTerm, is_unspaced

_ASCII_WORDS = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))
"""For `str.translate`: whatever is no letter and no digit is a space."""


def index_terms(text: str) -> str:
    """Return the terms under which a text is found."""
    folded = fold(text)
    if folded.isascii():  # the same words as those of the pattern, ten times as fast
        return " ".join(folded.translate(_ASCII_WORDS).split())
    tokens = re.findall(TOKEN, folded)
    return " ".join([token if token < FIRST_UNSPACED else _terms_of(token) for token in tokens])


def match_expression(query: SearchQuery) -> str:
    """Return an FTS5 expression for texts that may contain a query; empty if it consists of signs only, which the index does not know.

    All is quoted, so the user's text is never interpreted as FTS5 syntax.
    """
    return " ".join(_phrase(term, tokens) for term in query.wanted if (tokens := term.tokens))


def any_order_expression(query: SearchQuery) -> str:
    """Return an expression like `match_expression` for an index that does not store the positions of words: without phrases."""
    found: list[str] = []
    for term in query.wanted:
        if tokens := term.tokens:
            terms, is_prefix = _wanted_terms(term, tokens)
            found += [f'"{each}"' for each in terms]
            found[-1] += "*" if is_prefix else ""
    return " AND ".join(found)


def _phrase(term: SearchTerm, tokens: list[str]) -> str:
    terms, is_prefix = _wanted_terms(term, tokens)
    return f'"{" ".join(terms)}"*' if is_prefix else f'"{" ".join(terms)}"'


def _wanted_terms(term: SearchTerm, tokens: list[str]) -> tuple[list[str], bool]:
    """Return the terms of a part of a query, and whether the last one may be only the beginning of a term."""
    terms = " ".join(map(_terms_of, tokens)).split()
    is_prefix, last = term.is_open, tokens[-1]
    if is_unspaced(last[0]) and term.text.endswith(last):
        if len(last) > 1:
            terms.pop()  # the last character alone: in the text, more characters may follow
        else:
            is_prefix = True
    return terms, is_prefix


def _terms_of(token: str) -> str:
    return " ".join(token[start : start + 2] for start in range(len(token))) if is_unspaced(token[0]) else token
