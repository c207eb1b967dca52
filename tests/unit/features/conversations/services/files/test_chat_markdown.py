"""Chats as markdown and JSON files."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.conversations.services.files.chat_json import chat_json
from chatdesk.features.conversations.services.files.chat_markdown import MARKDOWN, turns_markdown
from chatdesk.features.conversations.services.files.chat_settings import NO_SETTINGS, ChatSettings
from chatdesk.features.conversations.services.files.exported_chat import (
    Export,
    ExportedChat,
    ExportedMessage,
    ExportLabels,
    Include,
)
from chatdesk.features.conversations.services.files.exported_turns import exported_message
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
WORDS = ExportLabels()
SHOWN = frozenset({Include.QUESTIONS, Include.REASONING})


def question(text: str) -> Message:
    return Message("q", "c", None, 0, Role.USER, (TextPart(text),), MessageState.COMPLETE, NOW)


def answer(text: str, reasoning: str = "") -> Message:
    thought = (ReasoningPart(reasoning, 1200),) if reasoning else ()
    model = ModelRef("ollama", "qwen3:8b")
    parts = (*thought, TextPart(text))
    return Message("a", "c", "q", 1, Role.ASSISTANT, parts, MessageState.COMPLETE, NOW, model, Usage(1, 2, 3.0))


def turn(message: Message, include: frozenset[Include] = SHOWN, version: str = "") -> ExportedMessage:
    return exported_message(message, WORDS, include, version)


def markdown_of(*messages: Message, **options: Any) -> str:
    return turns_markdown([turn(message) for message in messages], WORDS, **options)


def markdown_file(*messages: Message, title: str = "Title", settings: ChatSettings = NO_SETTINGS) -> str:
    chat = ExportedChat(title, [turn(message) for message in messages], settings=settings)
    return MARKDOWN.write(Export(title, [chat], NOW)).decode()


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
    text = markdown_file(question("Why?"), answer("So.", "Let me\n\nthink"), title='A "title"')
    assert text == (
        '---\ntitle: "A \\"title\\""\ndate: 2026-11-24T12:30:00+00:00\nmodels: ["qwen3:8b"]\n---\n\n'
        "## You\n\nWhy?\n\n## qwen3:8b\n\n> **Reasoning (1 s)**\n>\n> Let me\n>\n> think\n\nSo.\n"
    )


def test_the_instructions_of_the_chat_come_first_and_its_preset_is_named() -> None:
    settings = ChatSettings("Answer in rhymes.\n\n```\nand code", AppliedPreset("own:poet", 'The "poet"'))
    text = markdown_file(question("Why?"), settings=settings)
    assert text == (
        '---\ntitle: "Title"\ndate: 2026-11-24T12:30:00+00:00\nmodels: []\npreset: "The \\"poet\\""\n---\n\n'
        "## Instructions\n\nAnswer in rhymes.\n\n```\nand code\n```\n\n## You\n\nWhy?\n"
    )


def test_reasoning_can_be_left_out() -> None:
    assert turns_markdown([turn(answer("So.", "Let me"), frozenset())], WORDS) == "## qwen3:8b\n\nSo.\n"


def test_facts_and_the_version_stand_below_the_name_of_a_model() -> None:
    text = turns_markdown([turn(answer("So."), frozenset({Include.FACTS}), "Version 1 of 2")], WORDS)
    assert text == "## qwen3:8b\n\n*Version 1 of 2 · 2026-11-24 12:30+00:00 · 2 tokens*\n\nSo.\n"


def test_several_chats_stand_in_one_file_one_after_the_other() -> None:
    chats = [ExportedChat("One", [turn(question("Why?"))]), ExportedChat("Two", [turn(question("How?"))])]
    shares: list[float] = []
    text = MARKDOWN.write(Export("Both", chats, NOW, report=shares.append)).decode()
    assert [line for line in text.split("\n") if line.startswith(("title", "Why", "How"))] == [
        'title: "One"',
        "Why?",
        'title: "Two"',
        "How?",
    ]
    assert shares == [0, 0.5]


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
    text = markdown_of(answer(open_end, open_end), question("Next"))
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
    turns = split_at_turns(parse(markdown_of(*messages)), [f"m{number}" for number in range(len(texts))])
    assert [to_plain_text(turn) for turn in turns] == [to_plain_text(parse(text)) for text in texts]


def test_pictures_are_named() -> None:
    message = replace(question("Look"), parts=(ImagePart("0", "image/png", "cat.png"), TextPart("Look")))
    assert markdown_of(message) == "## You\n\n`cat.png`\n\nLook\n"


def test_pictures_that_are_given_stand_in_the_file_and_parse_back() -> None:
    name = "my [best] `cat`_1! $5 & $6.png"
    message = replace(question("Look"), parts=(ImagePart("0", "image/png", name), TextPart("Look")))
    text = markdown_of(message, pictures={"0": Picture("image/png", b"\x89PNG")})
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
    assert "a\x00b\x1bc" in markdown_file(*messages)


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
    text = markdown_of(based_on(guide, page))
    assert text == (
        "## qwen3:8b\n\nSo.\n\n**Sources**\n\n"
        "1. Rome.pdf · City guides · 0.98\n\n"
        "   > Open at 8.\n   >\n   > &#49;. &#60;b&#62;Gate&#60;/b&#62; &#42;A&#42;\n"
        "2. [A &#91;page&#93;](<https://a.example/x_(1)>)\n"
    )


def test_an_address_that_may_not_be_opened_is_no_link() -> None:
    text = markdown_of(based_on(Source(1, "Here", address="javascript:alert(1)")))
    assert text.endswith("1. Here\n")


@given(st.text(st.sampled_from("ab1.*_`<>[](!)#|~-=+:$\\&\t \n") | st.characters(), max_size=60), st.text(max_size=20))
def test_nothing_in_a_source_means_anything(content: str, title: str) -> None:
    text = markdown_of(based_on(Source(3, title, content)), question("Next"))
    turns = split_at_turns(parse(text), ["qwen3:8b", "You"])
    assert len(turns) == 2
    assert to_plain_text(turns[1]) == "Next"
    for block in turns[0][2:]:
        assert isinstance(block, Paragraph), block
        assert all(span.style is Style.PLAIN and not span.image and not span.formula for span in block.spans)


def test_the_documents_that_answers_cite_are_listed_at_the_end() -> None:
    report, notes = DocumentPart("a" * 64, "", "report.pdf"), DocumentPart("b" * 64, "", "notes [1].md")
    text = markdown_of(answer("So [1, p. 2]."), copies={"b" * 64: "Chat_files/notes 1.md"}, cited={1: report, 3: notes})
    assert text == (
        "## qwen3:8b\n\nSo [1, p. 2].\n\n"
        "## Sources\n\n- [1] `report.pdf`\n- [3] [notes &#91;1&#93;.md](Chat_files/notes%201.md)\n"
    )
