"""Conversion of each system's sources of an answer into `Source`. The decoders find the events that contain them.

Formats: `retriever_resources` of Dify's API page; `quoteList` in FastGPT's node results; for OpenAI's protocol see below.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from chatdesk.kernel.chat.message import MAX_SOURCES, Source, bounded
from chatdesk.kernel.chat.usage import count
from chatdesk.kernel.text.json_values import NotJson, count_of, decode, elements, members, number_of, text_of

# Sources of servers with web search in OpenAI's chat completions and Responses, each in a different place.
#
# Places: annotations that cite a page or a file (OpenAI, OpenRouter; flat in Responses); `citations` and `search_results` (Perplexity, xAI,
# Wenxin, also within a delta); `web_search`, and calls of that tool (Zhipu); `search_info` (DashScope, Hunyuan); `references` (Doubao);
# `executed_tools` (Groq); `context` (Azure On Your Data); `sources` (Open WebUI).

_MAX_LISTED = 4 * MAX_SOURCES
_TITLES = ("title", "name", "filepath", "filename")
_PASSAGES = ("content", "snippet", "summary", "text")
_COLLECTIONS = ("site_name", "media", "dataset_name")
_ADDRESSES = ("url", "link", "uri")
_CITATIONS = frozenset({"url_citation", "file_citation", "container_file_citation"})
_LISTS = ("search_results", "citations", "web_search", "references")
FIELDS = frozenset({*_LISTS, "search_info", "sources", "context", "executed_tools", "annotations"})
"""Members of a chunk, or of its message, that contain sources."""


class FoundSources:
    """All sources of one answer, which may arrive one by one, repeatedly, and from several places."""

    def __init__(self) -> None:
        self._found: dict[str, Source] = {}
        self._last_returned: tuple[Source, ...] = ()

    def add(self, sources: Sequence[Source]) -> tuple[Source, ...]:
        """Add sources. Return all sources so far; empty if nothing changed."""
        for source in bounded(sources):
            key = source.address or f"{source.title}\n{source.passage}"
            known = self._found.get(key)
            if known:
                self._found[key] = replace(
                    known, title=known.title or source.title, passage=known.passage or source.passage
                )
            elif len(self._found) < MAX_SOURCES:
                self._found[key] = self._numbered(source)
        now = tuple(self._found.values())
        if now == self._last_returned:
            return ()
        self._last_returned = now
        return now

    def _numbered(self, source: Source) -> Source:
        used_numbers = {known.number for known in self._found.values()}
        return source if source.number not in used_numbers else replace(source, number=max(used_numbers) + 1)


def annotated(annotations: object) -> tuple[Source, ...]:
    """Return the pages and files that annotations refer to."""
    found = (members(each) for each in elements(annotations)[:_MAX_LISTED])
    cited = (members(each.get(text_of(each.get("type")))) or each for each in found if each.get("type") in _CITATIONS)
    pages = [page for page in map(_cited, cited) if not page.is_empty]
    return tuple(replace(page, number=number) for number, page in enumerate(pages, 1))


def listed_sources(chunk: Mapping[str, object], message: Mapping[str, object]) -> tuple[Source, ...]:
    """Return the sources listed in a chunk or in a complete reply: `chunk` is all of it, `message` the delta or message in it."""
    found: list[Source] = []
    for container in (chunk, message):
        for name in _LISTS:
            if name != "citations" or not container.get("search_results"):  # repeated in search_results, with titles
                found += _pages(container.get(name))
        found += _pages(members(container.get("search_info")).get("search_results"))
        found += _of_open_webui(container.get("sources"))
        found += _of_context(members(container.get("context")))
    for tool in map(members, elements(message.get("executed_tools"))[:_MAX_LISTED]):
        results = tool.get("search_results")
        found += _pages(elements(results) or members(results).get("results"))
    return (*annotated(message.get("annotations")), *found)


def called_sources(call: Mapping[str, object]) -> tuple[Source, ...] | None:
    """Return the sources of a server's own search in the form of a tool call; None for a function call."""
    kind = text_of(call.get("type"))
    if call.get("function") or kind in ("", "function", "custom"):
        return None
    inner = call.get(kind)
    lists = (inner, members(inner).get("outputs"), members(inner).get("search_result"), call.get("search_result"))
    return tuple(source for each in lists for source in _pages(each))


def _pages(listed: object) -> Iterator[Source]:
    """Yield the sources in a list: objects in any server's format, or plain addresses."""
    for number, each in enumerate(elements(listed)[:_MAX_LISTED], 1):
        page = Source(number, address=text_of(each)) if isinstance(each, str) else _page(members(each), number)
        if not page.is_empty:
            yield page


def _page(found: Mapping[str, object], number: int = 1) -> Source:
    return Source(
        count_of(found.get("index")) or number,
        _first(found, _TITLES),
        _first(found, _PASSAGES),
        _first(found, _COLLECTIONS),
        _first(found, _ADDRESSES),
        number_of(found.get("score")),
    )


def _cited(citation: Mapping[str, object]) -> Source:
    """Return the source of an annotation; its `index` is a text position."""
    return _page({name: value for name, value in citation.items() if name != "index"})


def _first(found: Mapping[str, object], names: Sequence[str]) -> str:
    return next(filter(None, (text_of(found.get(name)) for name in names)), "")


def _of_open_webui(listed: object) -> Iterator[Source]:
    """Yield the passages of each document that Open WebUI has retrieved."""
    number = 0
    for each in map(members, elements(listed)[:_MAX_LISTED]):
        source = members(each.get("source"))
        documents, details = elements(each.get("document")), elements(each.get("metadata"))
        if not documents:
            yield from _pages([each])
        for order, document in enumerate(documents[:_MAX_LISTED]):
            number += 1
            metadata = members(details[order]) if order < len(details) else {}
            address = _first(metadata, ("url", "link", "source")) or text_of(source.get("url"))
            title = _first(metadata, ("title", "name")) or text_of(source.get("name"))
            is_address = address.startswith(("https://", "http://"))
            yield Source(number, title or address, text_of(document), address=address if is_address else "")


def _of_context(context: Mapping[str, object]) -> Iterator[Source]:
    """Yield the citations of Azure On Your Data; older versions write them as JSON into a tool message."""
    yield from _pages(context.get("citations"))
    for message in map(members, elements(context.get("messages"))[:_MAX_LISTED]):
        try:
            yield from _pages(members(decode(text_of(message.get("content")))).get("citations"))
        except NotJson:
            continue


def dify_sources(resources: object) -> tuple[Source, ...]:
    """Return the sources in the metadata of a message's end."""
    return bounded(
        Source(
            count(found.get("position")) or number,
            text_of(found.get("document_name")) or text_of(found.get("title")),
            text_of(found.get("content")),
            text_of(found.get("dataset_name")),
            score=number_of(found.get("score")),
        )
        for number, found in _listed(resources)
    )


def fastgpt_sources(nodes: object) -> tuple[Source, ...]:
    """Return the quotes of all nodes in a flow; a question and its answer are one passage."""
    quotes = [quote for node in elements(nodes) for quote in elements(members(node).get("quoteList"))]
    return bounded(
        Source(
            number,
            text_of(quote.get("sourceName")) or text_of(quote.get("source")),
            "\n\n".join(filter(None, (text_of(quote.get("q")), text_of(quote.get("a"))))),
            text_of(quote.get("datasetName")),
            score=_fastgpt_score(quote.get("score")),
        )
        for number, quote in _listed(quotes)
    )


def _listed(found: object) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Yield list entries with their number from 1, limited to what can be shown."""
    yield from enumerate(map(members, elements(found)[: 4 * MAX_SOURCES]), 1)


def _fastgpt_score(score: object) -> float | None:
    """Return the score: a number, or the first of several scores of different kinds."""
    if (number := number_of(score)) is not None:
        return number
    return next((number_of(members(each).get("value")) for each in elements(score)), None)
