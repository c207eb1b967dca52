"""How the documents of a message fit into the context of its model, and which of them the user has to decide about.

A document is sent whole while it takes at most half of what is free: its answer and some follow-up questions then still fit. Up to 90 % of
what would be free without the earlier messages, it is sent whole if the user says so. Beyond, only a part of it can be sent.
"""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum, auto

from chatdesk.kernel.chat.message import Attachment, DocumentPart, SentAs
from chatdesk.kernel.context.context_plan import ContextPlan, ContextUse, document_tokens
from chatdesk.kernel.context.context_size import ContextBudget, reserve
from chatdesk.kernel.documents.document_text import numbers_in, selection_of
from chatdesk.kernel.fast_dataclass import dataclass

MAX_UNASKED_PAGES = 8
"""Pages that are sent as pictures unless the user asks for more: each takes as many tokens as a page of text or two."""
_FREELY_USED = 0.5
"""Share of the free context that documents take without a question."""
_USABLE = 0.9
"""Share of the context without earlier messages that documents can take."""
_SMALL = 0.25
"""Share of the context without earlier messages. Smaller documents are not what fills it."""
_PASSAGES = 0.3
"""Share of the context for passages: enough for the best ones, and the other half is left for the chat."""
_LEAST_PASSAGES = 200
"""Tokens: one passage."""


class FitLevel(Enum):
    """How the documents fit."""

    FITS = auto()
    FILLS = auto()
    """They fit, but leave little space for the chat."""
    TOO_LONG = auto()
    """Not even without earlier messages."""


@dataclass(frozen=True, slots=True)
class DocumentFit:
    """How documents fit. Counts are estimated tokens."""

    level: FitLevel = FitLevel.FITS
    documents: tuple[DocumentPart, ...] = ()
    """The documents to decide about, the longest first: without their text the others fit."""
    tokens: int = 0
    """Tokens of these documents."""
    free: int = 0
    """Tokens that there are for them."""


def fit_documents(plan: ContextPlan, budget: ContextBudget, attached: Sequence[Attachment]) -> DocumentFit:
    """Return how the documents of a draft fit, of which `plan` and `budget` were made."""
    documents = [each for each in attached if isinstance(each, DocumentPart)]
    size, use = largest_context(budget), plan.use
    if not documents or size is None:
        return DocumentFit()
    draft_tokens, reserved = use.draft_documents + use.draft_pages, max(use.reserved, reserve(size))
    alone = max(0, size - reserved - use.instructions - use.draft)
    free = size - reserved - (plan.fit.tokens - draft_tokens)
    if draft_tokens <= _SMALL * alone or draft_tokens <= _FREELY_USED * free:
        return DocumentFit()
    undecided = [each for each in documents if not is_decided(each)]
    if draft_tokens <= _USABLE * alone or (draft_tokens <= alone and not undecided):
        level = FitLevel.FILLS if undecided else FitLevel.FITS
    else:
        level = FitLevel.TOO_LONG
    if level is FitLevel.FITS:
        return DocumentFit()
    of_text = [each for each in documents if each.sent_as is SentAs.TEXT]
    costs = {each: _cost(each, documents, use) for each in documents}
    matter, rest = list[DocumentPart](), draft_tokens
    for candidates in (undecided, of_text, documents):
        matter, rest = [], draft_tokens
        for document in sorted(candidates, key=costs.__getitem__, reverse=True):
            if matter and rest + passage_tokens(size) <= _USABLE * alone:
                break
            matter.append(document)
            rest -= costs[document]
        if matter and (level is FitLevel.FILLS or rest + passage_tokens(size) <= _USABLE * alone):
            break  # otherwise the others do not fit either
    usable = _USABLE * alone if level is FitLevel.TOO_LONG else alone
    return DocumentFit(level, tuple(matter), draft_tokens - rest, max(0, round(usable - rest)))


def _cost(document: DocumentPart, documents: Sequence[DocumentPart], use: ContextUse) -> int:
    """Return the tokens of one of the documents of a draft, of which `use` has the sums."""
    text = use.draft_documents * document_tokens((document,)) / max(1, document_tokens(documents))
    pages = sum(len(each.page_pictures) for each in documents)
    return round(text + use.draft_pages * len(document.page_pictures) / max(1, pages))


def largest_context(budget: ContextBudget) -> int | None:
    """Return the largest context that the model gets without a decision of the user; None if it is unknown."""
    if budget.tokens is None or not budget.grows:
        return budget.tokens
    return max(budget.tokens, *budget.larger) if budget.larger else budget.tokens


def passage_tokens(size: int, others: int = 0) -> int:
    """Return how many tokens the passages for a question may take in a context of this size, `others` of which are used already."""
    left = size - reserve(size) - others
    return max(_LEAST_PASSAGES, min(round(_PASSAGES * size), left))


def is_decided(document: DocumentPart) -> bool:
    """Return whether the user has said what of a document is sent. A selection says so even if it is the whole document."""
    return document.sent_as is not SentAs.TEXT or bool(document.selected)


def as_whole(document: DocumentPart) -> DocumentPart:
    """Return a document whose whole text is sent because the user has said so."""
    whole = selection_of(range(1, max(1, document.sections) + 1))
    return replace(document, sent_as=SentAs.TEXT, selected=whole, passages=(), passage_count=0)


def as_passages(document: DocumentPart, max_tokens: int) -> DocumentPart:
    """Return a document of which the passages for the question are sent, out of the selected sections; at most `max_tokens` tokens."""
    tokens = min(document.tokens, max_tokens)
    return replace(document, sent_as=SentAs.PASSAGES, passages=(), passage_count=0, tokens=tokens)


def as_pictures(document: DocumentPart) -> DocumentPart:
    """Return a document of which the selected pages are sent as pictures; only the first ones of many, unless the user asks for more."""
    pages = numbers_in(document.selected, document.sections)
    selected = selection_of(pages[:MAX_UNASKED_PAGES]) if len(pages) > MAX_UNASKED_PAGES else document.selected
    return replace(document, sent_as=SentAs.PICTURES, selected=selected, passages=(), passage_count=0)
