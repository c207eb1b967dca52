"""Transcripts in Markdown: Chatdesk's own, those of other programs, and documents that are none."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatdesk.features.conversations.importing.foreign_chat import ForeignChat, Program
from chatdesk.features.conversations.services.files.chat_markdown import MARKDOWN
from chatdesk.features.conversations.services.files.chat_settings import ChatSettings
from chatdesk.features.conversations.services.files.exported_chat import (
    Export,
    ExportedChat,
    ExportLabels,
    ExportOptions,
    Include,
)
from chatdesk.features.conversations.services.files.exported_turns import exported_message, exported_turns
from chatdesk.kernel.chat.message import (
    Message,
    MessageState,
    ReasoningPart,
    Role,
    Source,
    SourcesPart,
    TextPart,
)
from chatdesk.kernel.models.model import ModelRef
from tests.unit.features.conversations.importing import exports
from tests.unit.features.conversations.importing.exports import (
    PIXEL,
    archive,
    files_of,
    program_of,
    reasoning_of,
    text_of,
)

NOW = datetime(2026, 11, 29, 18, tzinfo=UTC)
IN_CHINESE = ExportLabels(
    "你", "回答", "指令", "工具", "思考过程", "来源", format_time=lambda _time: "2026-11-29 18:00"
)


def written(tmp_path: Path, text: str, name: str = "talk.md") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return path


def chat_of(tmp_path: Path, text: str) -> ForeignChat:
    return exports.chat_of(written(tmp_path, text), Program.MARKDOWN)


def said(chat: ForeignChat) -> list[tuple[str, str]]:
    return [(message.role.value, text_of(message)) for message in chat.messages]


TALK = [("user", "Why?"), ("assistant", "So.")]


def message(role: Role, *parts: TextPart | ReasoningPart | SourcesPart, model: str = "") -> Message:
    return Message("m", "c", None, 0, role, parts, MessageState.COMPLETE, NOW, ModelRef("s", model) if model else None)


def own_file(*chats: ExportedChat) -> str:
    return MARKDOWN.write(Export("All", chats, NOW, ExportOptions(frozenset(Include)), ExportLabels())).decode()


def exported(
    title: str, *messages: Message, labels: ExportLabels | None = None, instructions: str = ""
) -> ExportedChat:
    turns = [exported_message(each, labels or ExportLabels(), frozenset(Include)) for each in messages]
    return ExportedChat(title, turns, settings=ChatSettings(instructions))


@pytest.mark.parametrize("labels", [ExportLabels(), IN_CHINESE])
def test_a_transcript_of_chatdesk_becomes_the_same_chat(tmp_path: Path, labels: ExportLabels) -> None:
    sources = SourcesPart((Source(1, "One & *two*", "A passage\nof lines", "notes", "https://one.example/", 0.5),))
    answer = "# Title\n\n## Answer\n\nText\n\n```md\n## You\n```\n\n## Sources\n\nNone."
    chat = exported(
        'Trees "and" more',
        message(Role.USER, TextPart("Why?\n\n- because")),
        message(Role.ASSISTANT, ReasoningPart("Hm.\n\nSo > that", 8_000), TextPart(answer), sources, model="qwen3:8b"),
        labels=labels,
        instructions="Be brief.",
    )
    text = MARKDOWN.write(Export("All", [chat], NOW, ExportOptions(frozenset(Include)), labels)).decode()
    read = chat_of(tmp_path, text)
    assert (read.title, read.instructions, read.created_at) == ('Trees "and" more', "Be brief.", NOW)
    question, answered = read.messages
    assert text_of(question) == "Why?\n\n- because"
    assert answered.model == "qwen3:8b"
    assert answered.parts[:2] == (ReasoningPart("Hm.\n\nSo > that", 8_000), TextPart(answer))
    (part,) = (each for each in answered.parts if isinstance(each, SourcesPart))
    (source,) = part.sources
    assert (source.number, source.title, source.address) == (1, "One & *two*", "https://one.example/")
    assert source.passage == "A passage\nof lines"


@pytest.mark.parametrize(
    "version", ["Version {number} of {count}", "第 {number} 个版本，共 {count} 个", "第 {number} 個版本，共 {count} 個"]
)
def test_other_versions_in_a_transcript_of_chatdesk_are_branches(tmp_path: Path, version: str) -> None:
    def row(name: str, parent: str | None, role: Role, sequence: int) -> Message:
        made = message(role, TextPart(name), model="qwen3" if role is Role.ASSISTANT else "")
        return replace(made, id=name, parent_id=parent, sequence=sequence)

    rows = [
        row("q", None, Role.USER, 0),
        row("a", "q", Role.ASSISTANT, 1),
        row("aq", "a", Role.USER, 2),
        row("aa", "aq", Role.ASSISTANT, 3),
        row("b", "q", Role.ASSISTANT, 4),
        row("bq", "b", Role.USER, 5),
        row("ba", "bq", Role.ASSISTANT, 6),
        row("c", "q", Role.ASSISTANT, 7),
        row("bb", "bq", Role.ASSISTANT, 8),
    ]
    path = [each for each in rows if each.id in {"q", "b", "bq", "bb"}]
    turns = exported_turns(rows, path, frozenset(Include), ExportLabels(version=version))
    chat = chat_of(tmp_path, own_file(ExportedChat("Versions", turns)))
    texts = {each.id: text_of(each) for each in chat.messages}
    assert {text_of(each): texts.get(each.parent) for each in chat.messages} == {
        each.id: each.parent_id for each in rows
    }
    assert texts[chat.head] == "bb"


def test_several_chats_of_chatdesk_in_one_file_are_several_chats(tmp_path: Path) -> None:
    question, answer = message(Role.USER, TextPart("Why?")), message(Role.ASSISTANT, TextPart("So."), model="qwen3")
    text = own_file(
        exported("One", question, answer), exported("Two", question, message(Role.ASSISTANT, TextPart("No.")))
    )
    chats = exports.chats_of(written(tmp_path, text), Program.MARKDOWN)
    assert [(chat.title, said(chat)[1]) for chat in chats] == [("One", TALK[1]), ("Two", ("assistant", "No."))]


def test_pictures_in_a_transcript_are_kept(tmp_path: Path) -> None:
    front = '---\ntitle: "Pixel"\ndate: 2026-11-29T18:00:00+00:00\nmodels: []\n---\n'
    chat = chat_of(tmp_path, f"{front}\n## You\n\n![a &#42; b]({PIXEL})\n\nWhat is this?\n\n## Answer\n\nA pixel.\n")
    (picture,) = files_of(chat.messages[0])
    assert (picture.name, picture.media_type) == ("a * b", "image/png")
    assert said(chat) == [("user", "What is this?"), ("assistant", "A pixel.")]


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("## User\n\nWhy?\n\n## Assistant\n\nSo.\n", ""),
        ("# Trees\n\n### You\nWhy?\n### ChatGPT\nSo.", "ChatGPT"),
        ("## Prompt:\n2024-01-01\nWhy?\n\n## Response:\nSo.", ""),
        ("#### You said:\nWhy?\n\n#### ChatGPT said:\nSo.", ""),
        ("## 👤 用户\nWhy?\n\n## 🤖 DeepSeek（最终回答）\nSo.", "DeepSeek"),
        ("**You:**\nWhy?\n\n---\n\n**Claude 3.5 Sonnet:**\nSo.\n\n---\n", "Claude 3.5 Sonnet"),
        ("**User**: Why?\n\n**Assistant**: So.", ""),
        ("User: Why?\n\nAssistant: So.", ""),
        (">> User:\nWhy?\n\n\n>> GPT-4o:\nSo.", "GPT-4o"),
        ("## Human (2024-05-01 10:00)\n\nWhy?\n\n## Claude (2024-05-01 10:01)\n\nSo.", "Claude"),
        ("## User - 10:00\r\n\r\nWhy?\r\n\r\n## gpt-4o - 10:01\r\n\r\nSo.\r\n", "gpt-4o"),
    ],
)
def test_the_usual_transcripts_are_read(tmp_path: Path, text: str, model: str) -> None:
    chat = chat_of(tmp_path, text)
    assert [(role, spoken.removeprefix("2024-01-01\n")) for role, spoken in said(chat)] == TALK
    assert chat.messages[1].model == model


def test_what_stands_before_the_first_speaker_names_the_chat(tmp_path: Path) -> None:
    head = (
        "# Conversation\n- conversationId: 1\n- endpoint: openAI\n- title: Trees\n- created: 2024-05-01\n\n## History\n"
    )
    chat = chat_of(tmp_path, f"{head}**User**\nWhy?\n\n\n**GPT-4**\nSo.\n\n\n")
    assert (chat.title, said(chat)) == ("Conversation", TALK)
    front = "---\ntitle: 'Trees'\nsource: https://chatgpt.com/c/1\ncreated: 2024-05-01T10:00:00Z\ntags: [chat]\n---\n"
    chat = chat_of(tmp_path, f"{front}\n# Ignored\n\n## You\nWhy?\n## ChatGPT\nSo.")
    assert chat.title == "Trees"
    assert chat.created_at == datetime(2024, 5, 1, 10, tzinfo=UTC)
    assert chat_of(tmp_path, "## You\nWhy?\n## ChatGPT\nSo.").title == "talk"


@pytest.mark.parametrize(
    "thought",
    [
        "## 🤖 DeepSeek（模型思考）\n> Hm.\n\n## 🤖 DeepSeek（最终回答）\nSo.",
        "## Thinking\nHm.\n\n## Assistant\nSo.",
        "## Assistant\n<details>\n<summary>Thought for 3 seconds</summary>\n\nHm.\n\n</details>\n\nSo.",
        "## Assistant\n<think>\nHm.\n</think>\n\nSo.",
        "## Assistant\n> **Thinking (3 s)**\n>\n> Hm.\n\nSo.",
    ],
)
def test_reasoning_is_kept_apart(tmp_path: Path, thought: str) -> None:
    chat = chat_of(tmp_path, f"## User\nWhy?\n\n{thought}")
    assert said(chat) == TALK
    assert reasoning_of(chat.messages[1]) == "Hm."


def test_headings_in_an_answer_belong_to_it(tmp_path: Path) -> None:
    answer = "Text\n\n## Thinking\n\nabout\n\n## Model\n\nx\n\n```\n## User\n```\n\n### User\n\nend"
    chat = chat_of(tmp_path, f"## You\nWhy?\n## ChatGPT\n{answer}\n## You\nThanks\n## ChatGPT\nOK")
    assert said(chat) == [("user", "Why?"), ("assistant", answer), ("user", "Thanks"), ("assistant", "OK")]


def test_instructions_come_first(tmp_path: Path) -> None:
    chat = chat_of(tmp_path, "## System\nBe brief.\n## User\nWhy?\n## Assistant\nSo.")
    assert (chat.instructions, said(chat)) == ("Be brief.", TALK)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Notes\n\nYou are here.",
        "# Manual\n\n## User\n\nClick here.\n\n## Administrator\n\nClick there.",
        "# API\n\n"
        + "This guide explains the roles of messages and how they are used. " * 6
        + "\n\n## User\n\nx\n\n## Assistant\n\ny",
        "## Assistant\n\nAn answer without a question.\n\n## User\n\nx",
        "```\n## User\nWhy?\n## Assistant\nSo.\n```",
        "## Question\n\nWhy?\n\n## Answer\n\nSo.",
        "+++\nname = 'Poet'\n+++\nYou are a poet.",
        "User: only one speaker",
        "## User\n\n### Assistant\n",
    ],
)
def test_other_documents_are_not_taken_for_transcripts(tmp_path: Path, text: str) -> None:
    assert program_of(written(tmp_path, text)) is None


def test_transcripts_among_other_documents_are_found(tmp_path: Path) -> None:
    files = {
        "readme.md": "# Readme",
        "talk.md": "## You\nWhy?\n## ChatGPT\nSo.",
        "b.txt": b"\xff\xfe\x00",
        "c.png": b"x",
    }
    (chat,) = exports.chats_of(archive(tmp_path, files), Program.MARKDOWN)
    assert (chat.title, said(chat)) == ("talk", TALK)


def test_the_same_transcript_is_the_same_chat_and_a_longer_one_has_grown(tmp_path: Path) -> None:
    text = "## You\nWhy?\n## ChatGPT\nSo.\n"
    first, second = chat_of(tmp_path, text), chat_of(tmp_path, f"# Renamed\n{text}## You\nThanks\n")
    assert first.id == second.id
    assert [each.id for each in first.messages] == [each.id for each in second.messages][:2]


def test_a_long_hostile_text_is_read_in_reasonable_time(tmp_path: Path) -> None:
    lines = (
        "x"
        + " \n" * 100_000
        + "**" * 50_000
        + "\n"
        + "> " * 50_000
        + "\n"
        + "#" * 50_000
        + "\n"
        + "a:" * 50_000
        + "\n"
        + "[" * 50_000
    )
    assert program_of(written(tmp_path, f"{lines}\n## You\nWhy?\n## ChatGPT\nSo.")) is None
    chat = chat_of(tmp_path, f"## You\nWhy?\n## ChatGPT\n{lines}\n" + "**Sources**\n\n1. [" * 5_000)
    assert len(chat.messages) == 2
