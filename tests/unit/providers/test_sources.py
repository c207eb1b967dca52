"""What answers are based on, in the words of each system, and whatever strangers put there instead."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.chat.message import MAX_PASSAGE_LENGTH, MAX_SOURCES, MAX_TITLE_LENGTH, Source, bounded
from chatdesk.kernel.chat.stream_events import SourcesFound, TextDelta
from chatdesk.providers.applications.dify_events import DifyDecoder
from chatdesk.providers.applications.fastgpt import FastGptDecoder
from chatdesk.providers.openai.chunks import OpenAIChunkDecoder
from chatdesk.providers.openai.responses_events import ResponsesDecoder
from chatdesk.providers.sources import FoundSources, annotated, dify_sources, fastgpt_sources, listed_sources
from chatdesk.providers.streaming.framing import Frame
from tests.unit.providers.decoding import decoded, grown

PAGE = {"type": "url_citation", "url_citation": {"url": "https://a.example/1", "title": "One", "content": "Words"}}
FLAT = {"type": "url_citation", "url": "https://a.example/2", "title": "Two", "start_index": 0, "end_index": 3}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("type", "url_citation", "url", "quoteList", "q", "score", "value", "position", "citations"),
                    *("web_search", "search_info", "context", "executed_tools", "sources", "document", "metadata"),
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def found(decoder: type, *frames: object) -> list[tuple[Source, ...]]:
    events = decoded(decoder, [frame if isinstance(frame, Frame) else json.dumps(frame) for frame in frames])
    return [event.sources for event in events if isinstance(event, SourcesFound)]


def test_the_end_of_an_answer_of_dify_lists_them():
    resources = [
        {"position": 2, "dataset_name": "Guides", "document_name": "Rome.pdf", "score": 0.98, "content": "Open at 8."},
        {"position": 1, "document_name": "Sea.md", "content": "Salt.", "score": None},
    ]
    end = {"event": "message_end", "task_id": "t", "metadata": {"retriever_resources": resources}}
    assert found(DifyDecoder, {"event": "message", "answer": "Yes."}, end) == [
        (Source(2, "Rome.pdf", "Open at 8.", "Guides", "", 0.98), Source(1, "Sea.md", "Salt."))
    ]


def test_the_nodes_of_a_flow_of_fastgpt_quote_them():
    nodes = [
        {"moduleType": "datasetSearchNode", "quoteList": [{"q": "Who?", "a": "Ann.", "sourceName": "FAQ", "score": 0.8}]},
        {"moduleType": "chatNode", "quoteList": [
            {"q": "Who?", "a": "Ann.", "sourceName": "FAQ", "score": 0.8},
            {"q": "More", "source": "by hand", "score": [{"type": "embedding", "value": 0.7, "index": 0}]},
        ]},
    ]  # fmt: skip
    frames = [Frame(json.dumps({"choices": [{"delta": {"content": "Ann."}}]}), "answer"), Frame("[DONE]", "answer")]
    assert found(FastGptDecoder, *frames, Frame(json.dumps(nodes), "flowResponses")) == [
        (Source(1, "FAQ", "Who?\n\nAnn.", score=0.8), Source(3, "by hand", "More", score=0.7))
    ]


@pytest.mark.parametrize("place", ["delta", "message"])
def test_annotations_of_chat_completions_are_gathered_and_each_page_counts_once(place: str):
    chunks = [
        {"choices": [{"index": 0, place: {"content": "A", "annotations": each}}]} for each in ([PAGE], [PAGE], [FLAT])
    ]
    first, both = found(OpenAIChunkDecoder, *chunks)
    assert first == (Source(1, "One", "Words", address="https://a.example/1"),)
    assert both == (*first, Source(2, "Two", address="https://a.example/2"))


def test_annotations_of_the_responses_api_come_one_by_one_or_with_the_whole():
    one_by_one = {"type": "response.output_text.annotation.added", "annotation": FLAT}
    content = [{"type": "output_text", "text": "So.", "annotations": [FLAT]}]
    end = {"type": "response.completed", "response": {"output": [{"type": "message", "content": content}]}}
    expected = (Source(1, "Two", address="https://a.example/2"),)
    assert found(ResponsesDecoder, one_by_one, end) == [expected]
    assert found(ResponsesDecoder, end) == [expected]


def test_a_file_that_was_searched_is_a_source_too():
    cited = {"type": "file_citation", "index": 992, "file_id": "file-1", "filename": "handbook.pdf"}
    one_by_one = {"type": "response.output_text.annotation.added", "annotation": cited}
    assert found(ResponsesDecoder, one_by_one, one_by_one) == [(Source(1, "handbook.pdf"),)]
    other = {"type": "response.output_text.annotation.added", "annotation": {"type": "file_path", "file_id": "f"}}
    assert found(ResponsesDecoder, other) == []


def test_addresses_beside_the_choices_are_reported_once_however_often_they_are_repeated():
    texts = {"choices": [{"index": 0, "delta": {"content": "Hi"}}]}
    addresses = {"citations": ["https://a.example", "https://b.example"]}
    results = {"search_results": [{"title": "A", "url": "https://a.example", "snippet": "Of a"}]}
    (sources,) = found(OpenAIChunkDecoder, texts | addresses, texts | addresses)
    assert sources == (Source(1, address="https://a.example"), Source(2, address="https://b.example"))
    assert found(OpenAIChunkDecoder, texts | addresses | results) == [
        (Source(1, "A", "Of a", address="https://a.example"),)
    ]


def test_they_come_beside_the_words_and_cost_none():
    chunk = {"choices": [{"index": 0, "delta": {"content": "Hi", "annotations": [PAGE]}}], "citations": 5}
    answer = grown(decoded(OpenAIChunkDecoder, [json.dumps(chunk)]))
    assert answer.text == "Hi"
    assert TextDelta("Hi") in decoded(OpenAIChunkDecoder, [json.dumps(chunk)])


def test_what_is_kept_has_a_measure():
    many = bounded(Source(number, "t" * 9_999, "p" * 99_999, address=f"https://{number}") for number in range(10**5))
    assert len(many) == MAX_SOURCES
    assert (len(many[0].title), len(many[0].passage)) == (MAX_TITLE_LENGTH, MAX_PASSAGE_LENGTH)
    assert bounded(many) == many
    assert bounded([Source(1, address="https://" + "a" * 9_999), Source(2, "  ")]) == ()


def test_of_an_endless_list_only_the_beginning_is_read():
    pages = [{"type": "url_citation", "url": f"https://{number}"} for number in range(100_000)]
    assert len(FoundSources().add(annotated(pages))) == MAX_SOURCES
    assert len(dify_sources([{"document_name": str(number)} for number in range(100_000)])) == MAX_SOURCES


@given(ANYTHING)
def test_nothing_that_stands_there_does_harm(value: object):
    reply = value if isinstance(value, dict) else {"citations": value, "search_results": value}
    listed = (dify_sources(value), fastgpt_sources([{"quoteList": value}]), fastgpt_sources(value))
    for sources in (*listed, FoundSources().add(listed_sources(reply, reply)), FoundSources().add(annotated(value))):
        assert all(not source.is_empty for source in sources)
