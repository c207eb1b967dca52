"""The sources of an answer, as each system names them -> `Source`. Which event brings them is the decoders' business.

Formats: `retriever_resources` of Dify's API page; `quoteList` of FastGPT's results of nodes. Of servers that speak OpenAI's protocol:
`listed_sources.py`.
"""

from collections.abc import Iterator, Mapping

from chatdesk.kernel.chat.source import MOST_SOURCES, Source, bounded
from chatdesk.kernel.chat.usage import count
from chatdesk.kernel.text.json_values import elements, members, number_of, text_of


def dify_sources(resources: object) -> tuple[Source, ...]:
    """Return what the metadata of a message's end lists."""
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
    """Return what the nodes of a flow have quoted, whichever of them it was; a question and its answer are one passage."""
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
    """Yield what is listed with its number from 1; not more than could be shown, however much there is."""
    yield from enumerate(map(members, elements(found)[: 4 * MOST_SOURCES]), 1)


def _fastgpt_score(score: object) -> float | None:
    """Return the score: a number, or the first of several that are each of another kind."""
    if (number := number_of(score)) is not None:
        return number
    return next((number_of(members(each).get("value")) for each in elements(score)), None)
