"""Chats as markdown and JSON files."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.conversations.services.files.chat_json import chat_json
from chatdesk.features.conversations.services.files.chat_markdown import ExportLabels, chat_markdown, messages_markdown
from chatdesk.features.conversations.services.files.chat_settings import ChatSettings
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.message import (
    DocumentPart,
    ImagePart,
    Message,
    MessageState,
    ReasoningPart,
    Role,
    Source,
    SourcesPart,
    TextPart,
    bounded,
)
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.models.model import ModelRef
from chatdesk.rendering.export.plain_text import spans_text, to_plain_text
from chatdesk.rendering.markdown.blocks import Block, Heading, Paragraph, Style
from chatdesk.rendering.markdown.markdown import parse

NOW = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
WORDS = ExportLabels("You", "Answer", "Instructions", "Tool", "Reasoning", "Sources")


def question(text: str) -> Message:
    return Message("q", "c", None, 0, Role.USER, (TextPart(text),), MessageState.COMPLETE, NOW)


def answer(text: str, reasoning: str = "") -> Message:
    thought = (ReasoningPart(reasoning, 1200),) if reasoning else ()
    model = ModelRef("ollama", "qwen3:8b")
    parts = (*thought, TextPart(text))
    return Message("a", "c", "q", 1, Role.ASSISTANT, parts, MessageState.COMPLETE, NOW, model, Usage(1, 2, 3.0))


def split_at_turns(blocks: tuple[Block, ...], names: list[str]) -> list[list[Block]]:
    """The blocks below each of the headings that begin a turn, which come in this order."""
    turns: list[list[Block]] = []
    for block in blocks:
        expected = names[len(turns)] if len(turns) < len(names) else None
        is_turn = isinstance(block, Heading) and not block.containers and block.level == 2
        if is_turn and spans_text(block.spans) == expected:
            turns.append([])
        else:
            turns[-1].append(block)
    return turns


def test_a_chat_is_front_matter_and_a_heading_for_each_turn() -> None:
    text = chat_markdown((question("Why?"), answer("So.", "Let me\n\nthink")), 'A "title"', NOW, WORDS)
    assert text == (
        '---\ntitle: "A \\"title\\""\ndate: 2026-11-24T12:30:00+00:00\nmodels: ["qwen3:8b"]\n---\n\n'
        "## You\n\nWhy?\n\n## qwen3:8b\n\n> **Reasoning (1 s)**\n>\n> Let me\n>\n> think\n\nSo.\n"
    )


def test_the_instructions_of_the_chat_come_first_and_its_preset_is_named() -> None:
    settings = ChatSettings("Answer in rhymes.\n\n```\nand code", AppliedPreset("own:poet", 'The "poet"'))
    text = chat_markdown((question("Why?"),), "Title", NOW, WORDS, settings=settings)
    assert text == (
        '---\ntitle: "Title"\ndate: 2026-11-24T12:30:00+00:00\nmodels: []\npreset: "The \\"poet\\""\n---\n\n'
        "## Instructions\n\nAnswer in rhymes.\n\n```\nand code\n```\n\n## You\n\nWhy?\n"
    )


def test_reasoning_can_be_left_out() -> None:
    words = ExportLabels("You", "Answer", "Instructions", "Tool", "", "Sources")
    assert messages_markdown((answer("So.", "Let me"),), words) == "## qwen3:8b\n\nSo.\n"


@pytest.mark.parametrize(
    "open_end",
    [
        "```python\nprint(1)",
        "~~~~\nx\n```",
        "$$\nx^2",
        "\\[ x",
        "- item\n  ```\n  code",
        "> ```\n> code",
        "1. one\n\n   two",
    ],
)
def test_what_an_answer_leaves_open_swallows_nothing(open_end: str) -> None:
    text = messages_markdown((answer(open_end, open_end), question("Next")), WORDS)
    turns = split_at_turns(parse(text), ["qwen3:8b", "You"])
    assert len(turns) == 2
    assert to_plain_text(turns[1]) == "Next"


_pieces = st.sampled_from(
    [
        "word",
        "# head",
        "## You",
        "- item",
        "```",
        "~~~",
        "> q",
        "| a | b |\n| - | - |\n| 1 | 2 |",
        "",
        "1. x",
        "    code",
        "---",
    ]
)
_sources = st.lists(_pieces, min_size=1, max_size=6).map("\n".join)


@given(st.lists(_sources, min_size=1, max_size=3))
def test_every_turn_parses_back_to_what_it_was(texts: list[str]) -> None:
    messages = [replace(answer(text), model=ModelRef("s", f"m{number}")) for number, text in enumerate(texts)]
    turns = split_at_turns(parse(messages_markdown(messages, WORDS)), [f"m{number}" for number in range(len(texts))])
    assert [to_plain_text(turn) for turn in turns] == [to_plain_text(parse(text)) for text in texts]


def test_pictures_are_named() -> None:
    message = replace(question("Look"), parts=(ImagePart("0", "image/png", "cat.png"), TextPart("Look")))
    assert messages_markdown((message,), WORDS) == "## You\n\n`cat.png`\n\nLook\n"


def test_pictures_that_are_given_stand_in_the_file_and_parse_back() -> None:
    name = "my [best] `cat`_1! $5 & $6.png"
    message = replace(question("Look"), parts=(ImagePart("0", "image/png", name), TextPart("Look")))
    text = messages_markdown((message,), WORDS, {"0": Picture("image/png", b"\x89PNG")})
    _, paragraph, _ = parse(text)
    (span,) = paragraph.spans
    assert (span.text, span.image) == (name, "data:image/png;base64,iVBORw==")


def test_json_has_the_pictures_that_are_given() -> None:
    message = replace(
        question("Look"), parts=(ImagePart("0", "image/gif", "cat.gif", 4, 3, 9), ImagePart("1", "image/png", "x"))
    )
    first, second = json.loads(chat_json((message,), "", None, {"0": Picture("image/png", b"\x89PNG")}))["messages"][0][
        "parts"
    ]
    assert (first["kind"], first["name"], first["width"]) == ("image", "cat.gif", 4)
    assert first["data"] == "data:image/png;base64,iVBORw=="
    assert "data" not in second


def test_control_characters_leave_both_files_valid() -> None:
    messages = (question("Why?"), answer("a\x00b\x1bc", "hm"))
    assert json.loads(chat_json(messages, "Title", "a"))["messages"][1]["parts"][1]["text"] == "a\x00b\x1bc"
    assert "a\x00b\x1bc" in chat_markdown(messages, "Title", NOW, WORDS).encode().decode()


def test_json_has_everything_and_no_half_of_an_emoji() -> None:
    data = json.loads(chat_json((question("Why \ud83e?"), answer("So.", "hm")), "Title", "a"))
    assert (data["format"], data["version"], data["title"], data["head"]) == ("chatdesk-chat", 2, "Title", "a")
    first, second = data["messages"]
    assert first["parts"] == [{"kind": "text", "text": "Why \ufffd?"}]
    assert (second["parent"], second["model"], second["usage"]["completion_tokens"]) == ("q", "qwen3:8b", 2)
    assert second["parts"][0] == {"kind": "reasoning", "text": "hm", "milliseconds": 1200}


def based_on(*sources: Source) -> Message:
    said = answer("So.")
    return replace(said, parts=(*said.parts, SourcesPart(bounded(sources))))


def test_sources_are_a_list_under_the_answer() -> None:
    guide = Source(1, "Rome.pdf", "Open at 8.\n\n1. <b>Gate</b> *A*", "City guides", "", 0.98)
    page = Source(2, "A [page]", address="https://a.example/x_(1)")
    text = messages_markdown((based_on(guide, page),), WORDS)
    assert text == (
        "## qwen3:8b\n\nSo.\n\n**Sources**\n\n"
        "1. Rome.pdf · City guides · 0.98\n\n"
        "   > Open at 8.\n   >\n   > &#49;. &#60;b&#62;Gate&#60;/b&#62; &#42;A&#42;\n"
        "2. [A &#91;page&#93;](<https://a.example/x_(1)>)\n"
    )


def test_an_address_that_may_not_be_opened_is_no_link() -> None:
    text = messages_markdown((based_on(Source(1, "Here", address="javascript:alert(1)")),), WORDS)
    assert text.endswith("1. Here\n")


@given(st.text(st.sampled_from("ab1.*_`<>[](!)#|~-=+:$\\&\t \n") | st.characters(), max_size=60), st.text(max_size=20))
def test_nothing_in_a_source_means_anything(words: str, title: str) -> None:
    text = messages_markdown((based_on(Source(3, title, words)), question("Next")), WORDS)
    turns = split_at_turns(parse(text), ["qwen3:8b", "You"])
    assert len(turns) == 2
    assert to_plain_text(turns[1]) == "Next"
    for block in turns[0][2:]:
        assert isinstance(block, Paragraph), block
        assert all(span.style is Style.PLAIN and not span.image and not span.formula for span in block.spans)


def test_the_documents_that_answers_cite_are_listed_at_the_end() -> None:
    report, notes = DocumentPart("a" * 64, "", "report.pdf"), DocumentPart("b" * 64, "", "notes [1].md")
    text = messages_markdown(
        (answer("So [1, p. 2]."),), WORDS, copies={"b" * 64: "Chat_files/notes 1.md"}, cited={1: report, 3: notes}
    )
    assert text == (
        "## qwen3:8b\n\nSo [1, p. 2].\n\n"
        "## Sources\n\n- [1] `report.pdf`\n- [3] [notes &#91;1&#93;.md](Chat_files/notes%201.md)\n"
    )
