"""Models that make vectors of the meaning of texts, and the words that they expect before a question and before a passage.

They were trained with these words; without them, the vectors of a question and of the passage that answers it are less alike. Sources: the
cards of the models.
"""

import re
from collections.abc import Sequence
from typing import Protocol

from chatdesk.kernel.fast_dataclass import dataclass

Vector = Sequence[float]


class Embedder(Protocol):
    """A model that makes vectors. Its methods raise a `ChatdeskError`."""

    @property
    def key(self) -> str:
        """Stands for everything that changes its vectors: only vectors with the same key can be compared."""
        ...

    async def of_passages(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Return the vectors of passages, in order."""
        ...

    async def of_question(self, text: str) -> Vector:
        """Return the vector of a question, which is near those of the passages that answer it."""
        ...


@dataclass(frozen=True, slots=True)
class EmbeddingPrompts:
    """The prefixes of a question and of a passage."""

    question: str = ""
    passage: str = ""


_OF_MODELS = (
    (
        r"qwen3.?embed|e5-mistral|gte-qwen",
        EmbeddingPrompts("Instruct: Given a question, retrieve relevant passages that answer the question\nQuery: "),
    ),
    (r"embedding.?gemma|gemma.*embed", EmbeddingPrompts("task: search result | query: ", "title: none | text: ")),
    (r"nomic.?embed", EmbeddingPrompts("search_query: ", "search_document: ")),
    (r"arctic.?embed.*(?:v2|2\.0)|arctic.?embed2", EmbeddingPrompts("query: ")),
    (
        r"mxbai.?embed|arctic.?embed|bge.*\ben\b",
        EmbeddingPrompts("Represent this sentence for searching relevant passages: "),
    ),
    (r"bge.*\bzh\b", EmbeddingPrompts("为这个句子生成表示以用于检索相关文章：")),
    (r"(?<![a-z0-9])e5(?![a-z0-9])", EmbeddingPrompts("query: ", "passage: ")),
)
"""By what the name of a model contains. Others, such as bge-m3 and granite-embedding, expect nothing."""

_EMBEDDING_NAME = r"embed|minilm|(?<![a-z0-9])(?:bge|gte|e5)(?![a-z0-9])(?!.*rerank)"


def prompts_of(model_name: str) -> EmbeddingPrompts:
    """Return what a model expects, by its name."""
    name = model_name.casefold().replace("_", "-")
    return next((prompts for pattern, prompts in _OF_MODELS if re.search(pattern, name)), EmbeddingPrompts())


def is_embedding_name(model_name: str) -> bool:
    """Return whether a model makes vectors, according to its name."""
    return re.search(_EMBEDDING_NAME, model_name.casefold().replace("_", "-")) is not None
