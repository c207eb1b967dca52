"""Vectors of the meaning of texts, from the servers that make them: Ollama's `/api/embed`, and `/embeddings` of OpenAI's protocol.

Formats: https://github.com/ollama/ollama/blob/main/docs/api.md; https://platform.openai.com/docs/api-reference/embeddings.
"""

from collections.abc import Sequence

from chatdesk.kernel.documents.embedding import Vector
from chatdesk.kernel.servers.server import ServerProtocol
from chatdesk.kernel.text.json_values import count_of, elements, members
from chatdesk.providers.server_api import ServerApi


async def embed(api: ServerApi, protocol: ServerProtocol, model: str, texts: Sequence[str]) -> tuple[Vector, ...]:
    """Return the vectors of texts, in order. Raises a `ServerError`."""
    body = {"model": model, "input": list(texts)}
    if protocol is ServerProtocol.OLLAMA:
        path = "/api/embed"
        found = elements(members(await api.ask(path, body, model=model)).get("embeddings"))
    else:
        path = "/embeddings"
        found = _in_order(elements(members(await api.ask(path, body, model=model)).get("data")))
    vectors = tuple(map(_vector, found))
    if len(vectors) != len(texts) or not all(vectors):
        raise api.not_an_api(api.endpoint.base_url + path, 200, "")
    return vectors


def _in_order(entries: Sequence[object]) -> list[object]:
    """Return the vectors of the entries of a list, which may be in any order."""
    fields = [members(entry) for entry in entries]
    indexes = [count_of(each.get("index")) for each in fields]
    if sorted(index for index in indexes if index is not None) == list(range(len(fields))):
        fields.sort(key=lambda each: count_of(each.get("index")) or 0)
    return [each.get("embedding") for each in fields]


def _vector(value: object) -> Vector:
    """Return a vector; an empty one if it is none."""
    numbers = value if isinstance(value, list) else []
    is_vector = all(isinstance(number, int | float) and not isinstance(number, bool) for number in numbers)
    return tuple(map(float, numbers)) if is_vector else ()
