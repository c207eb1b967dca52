"""Whatever stands in the places where servers put pictures, sounds, files, calls, thoughts and questions, it does no harm."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.chat.stream_events import FollowUps, PictureArrived, TextDelta, ToolCallDelta
from chatdesk.providers.answer_pictures import file_words, listed_pictures, part_picture
from chatdesk.providers.answer_text import AnswerOverflow
from chatdesk.providers.openai.chunks import OpenAIChunkDecoder
from chatdesk.providers.openai.responses_events import ResponsesDecoder
from tests.unit.providers.decoding import decoded, grown

NAMES = [
    "type",
    "image_url",
    "url",
    "b64_json",
    "result",
    "data",
    "mediaType",
    "file",
    "filename",
    "file_data",
    "transcript",
]
WORDS = [
    "image_url",
    "file",
    "thinking",
    "web_search",
    "image_generation_call",
    "function_call",
    "data:image/png;base64,AA",
    "https://a.example",
]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(WORDS),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*NAMES, "google", "thought", "function", "id", "name", "text"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)
PLACES = ["images", "audio", "extra_content", "content", "tool_calls", "context", "executed_tools", "citations"]


@given(
    st.dictionaries(st.sampled_from(PLACES), ANYTHING),
    st.dictionaries(st.sampled_from(["images", "related_questions"]), ANYTHING),
)
def test_in_chunks(delta: dict, beside: dict):
    chunk = json.dumps({"choices": [{"index": 0, "delta": delta}], **beside})
    whole = {"choices": [{"index": 0, "delta": {"content": "On."}, "finish_reason": "stop"}]}
    events = decoded(OpenAIChunkDecoder, [chunk, json.dumps(whole)])
    assert grown(events).text.endswith("On.") or "On." in grown(events).reasoning + grown(events).text
    for event in events:
        if isinstance(event, PictureArrived):
            assert event.source.startswith(("data:", "https://"))
        if isinstance(event, FollowUps):
            assert 0 < len(event.questions) <= 5


@given(ANYTHING, ANYTHING)
def test_in_events_of_responses(item: object, output: object):
    done = {"type": "response.output_item.done", "item": item}
    end = {"type": "response.completed", "response": {"status": "completed", "output": output}}
    decoded(ResponsesDecoder, [json.dumps(done), json.dumps(end)])


@given(ANYTHING)
def test_in_lists_and_parts(value: object):
    part = value if isinstance(value, dict) else {"file": value, "url": value}
    assert all(isinstance(source, str) for source in (*listed_pictures(value), part_picture(part), file_words(part)))


def test_the_name_of_a_file_means_nothing_else():
    for name in ("a`b\n# c", "![x](https://evil.example)", "<script>", "x" * 500):
        text = file_words({"type": "file", "filename": name})
        assert text.count("`") == 2
        assert text.strip().startswith("`")
        assert len(text.strip().splitlines()) == 1
    assert "](<https://a.example/x.pdf>)" in file_words(
        {"file": {"filename": "x.pdf", "file_data": "https://a.example/x.pdf"}}
    )
    linked = file_words({"file": {"filename": "![a](b)", "file_data": "https://a.example"}})
    assert linked.strip() == "[!a(b)](<https://a.example>)"
    assert file_words({"url": "https://a.example/>\n"}) == "\n\n`file`\n\n"


def test_pictures_without_end_end_the_answer():
    chunk = json.dumps({"choices": [{"delta": {"content": "x", "images": ["https://a.example"] * 10}}]})
    with pytest.raises(AnswerOverflow):
        decoded(OpenAIChunkDecoder, [chunk] * 7)


def test_a_search_of_the_server_s_own_is_no_call_but_an_unknown_kind_of_function_is():
    def call(**more: object) -> list[object]:
        return decoded(OpenAIChunkDecoder, [json.dumps({"choices": [{"delta": {"tool_calls": [more]}}]})])

    assert call(type="web_browser", web_browser={"outputs": []}) == []
    for kind in ("function", "builtin_function", None):
        assert call(type=kind, id="a", function={"name": "f"}) == [ToolCallDelta(0, "a", "f", "")]


def test_a_thought_that_is_marked_stays_one_where_tags_stand_in_the_middle_of_it():
    def delta(content: str, *, thought: bool = False) -> str:
        marked = {"extra_content": {"google": {"thought": True}}} if thought else {}
        return json.dumps({"choices": [{"index": 0, "delta": {"content": content, **marked}}]})

    answer = grown(decoded(OpenAIChunkDecoder, [delta("I read <thought>", thought=True), delta("Yes <b>")]))
    assert (answer.reasoning, answer.text) == ("I read <thought>", "Yes <b>")
    events = decoded(OpenAIChunkDecoder, [delta("<thought>hm</thought>Yes.", thought=True)])
    assert grown(events).text == "Yes."
    assert TextDelta("Yes.") in events
