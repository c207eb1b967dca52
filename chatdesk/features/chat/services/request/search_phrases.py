"""Search phrases for passages of documents, suggested by the chat's model when the user asks for them.

A search by words finds only what the documents call by the same words. The model knows other words for it, and those of the documents'
language. The prompt is not translated.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace

from chatdesk.features.chat.services.answers import CompletionClient, write_text
from chatdesk.kernel.chat.message import DocumentPart, Role
from chatdesk.kernel.chat.request import ChatRequest, Thinking, Turn
from chatdesk.kernel.documents.document_text import DocumentText
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.text.safe_line import safe_line

TASK = (
    "Somebody searches documents for passages that answer the question below. The search finds only words that are in the documents. "
    "Write three short search phrases with words that such passages probably use, in the language of the documents. "
    "Answer with the phrases only, one per line."
)
MAX_PHRASES = 3
_MAX_TOKENS = 96
_MAX_PHRASE_LENGTH = 100
_MAX_QUESTION_LENGTH = 2_000
_MAX_BEGINNINGS = 3
"""Maximum number of documents whose beginnings the model gets."""
_BEGINNING = 300
"""Characters of a document by which the model knows its language and kind."""
_TIMEOUT = 60.0
"""Seconds, after which a model that does not come to an end has suggested nothing more."""
_BEFORE_PHRASE = r"^(?:\s|[-*•·]|\(?\d{1,2}[.):、]|[\"'“”‘’「」《》])*"
_AFTER_PHRASE = r"[\"'“”‘’「」《》.。,，;；\s]+$"


async def suggest_search_phrases(
    completion_client: CompletionClient,
    model: ModelRef,
    question: str,
    beginnings: Sequence[str],
    parameters: Parameters,
) -> tuple[str, ...]:
    """Return at most three phrases to search for besides the words of the question; none if the model suggests none.

    `beginnings` are those of the documents. Raises what the model's server raises.
    """
    excerpts = "\n".join(f"- {' '.join(each[:_BEGINNING].split())}" for each in beginnings[:_MAX_BEGINNINGS])
    text = f"{TASK}\n\nBeginnings of the documents:\n{excerpts}\n\nQuestion:\n{question[:_MAX_QUESTION_LENGTH]}"
    parameters = replace(parameters, max_tokens=_MAX_TOKENS, stop=None, format=None)
    request = ChatRequest(model.model_id, (Turn(Role.USER, text),), Thinking.OFF, parameters)
    answer: list[str] = []
    try:
        async with (
            asyncio.timeout(_TIMEOUT),
            aclosing(write_text(completion_client, model, request, answer)) as batches,
        ):
            async for _ in batches:
                pass
    except TimeoutError:
        pass
    return phrases_in("".join(answer))


async def beginnings_of(
    documents: Sequence[DocumentPart], read_text: Callable[[DocumentPart], Awaitable[DocumentText | None]]
) -> tuple[str, ...]:
    """Return the beginnings of documents, for `suggest_search_phrases`."""
    texts = [await read_text(document) for document in documents[:_MAX_BEGINNINGS]]
    sections = (text.sections for text in texts if text)
    return tuple(
        next((section.text.strip()[:_BEGINNING] for section in each if section.text.strip()), "") for each in sections
    )


def phrases_in(reply: str) -> tuple[str, ...]:
    """Return the phrases in a model's reply, without numbers, signs and quotation marks around them."""
    phrases: list[str] = []
    for line in reply.splitlines():
        if line.rstrip().endswith((":", "：")):
            continue  # an introduction
        phrase = safe_line(re.sub(_AFTER_PHRASE, "", re.sub(_BEFORE_PHRASE, "", line)), _MAX_PHRASE_LENGTH, ellipsis="")
        if phrase and phrase.casefold() not in (each.casefold() for each in phrases):
            phrases.append(phrase)
    return tuple(phrases[:MAX_PHRASES])
