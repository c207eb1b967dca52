"""The sources of an answer, as each system names them -> `Source`. Which event brings them is the decoders' business.

Formats: `retriever_resources` of Dify's API page; `quoteList` of FastGPT's results of nodes; `url_citation` of OpenAI's chat completions
(within a member of that name, as OpenRouter has it too) and of its Responses API (flat); `citations` and `search_results` of Perplexity.
"""

from collections.abc import Iterator, Mapping

from chatdesk.domain.source import MOST_SOURCES, Source, bounded
from chatdesk.providers.json_values import count_of, elements, members, number_of, text_of


def dify_sources(resources: object) -> tuple[Source, ...]:
    """Return what the metadata of a message's end lists."""
    return bounded(
        Source(
            count_of(found.get("position")) or number,
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


def perplexity_sources(reply: Mapping[str, object]) -> tuple[Source, ...]:
    """Return what a chunk or a whole reply lists beside its choices: addresses with titles, or else the addresses alone."""
    if found := elements(reply.get("search_results")):
        return bounded(
            Source(number, text_of(each.get("title")), text_of(each.get("snippet")), address=text_of(each.get("url")))
            for number, each in _listed(found)
        )
    addresses = elements(reply.get("citations"))[:MOST_SOURCES]
    return bounded(Source(number, address=text_of(each)) for number, each in enumerate(addresses, 1))


class Annotations:
    """The pages that annotations of one answer refer to, which may come one by one, and each as often as it is referred to."""

    def __init__(self) -> None:
        self._found: dict[str, Source] = {}

    def take(self, annotations: object) -> tuple[Source, ...]:
        """Take in more. Return all sources there are now; none if these have brought nothing new."""
        before = len(self._found)
        for annotation in map(members, elements(annotations)):
            cited = members(annotation.get("url_citation")) or annotation
            address = text_of(cited.get("url"))
            is_new = address and address not in self._found and len(self._found) < MOST_SOURCES
            if annotation.get("type") == "url_citation" and is_new:
                number = len(self._found) + 1
                title, passage = text_of(cited.get("title")), text_of(cited.get("content"))
                self._found[address] = Source(number, title, passage, address=address)
        return bounded(self._found.values()) if len(self._found) > before else ()


def _listed(found: object) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Yield what is listed with its number from 1; not more than could be shown, however much there is."""
    yield from enumerate(map(members, elements(found)[: 4 * MOST_SOURCES]), 1)


def _fastgpt_score(score: object) -> float | None:
    """Return the score: a number, or the first of several that are each of another kind."""
    if (number := number_of(score)) is not None:
        return number
    return next((number_of(members(each).get("value")) for each in elements(score)), None)
