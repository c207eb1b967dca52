"""Exports of ChatGPT: the tree of nodes becomes questions and answers, with everything that the answers contain."""

import json
from pathlib import Path
from typing import Any

import pytest

from chatdesk.features.conversations.importing.chat_records import summary_of
from chatdesk.features.conversations.importing.foreign_chat import FolderKind, ForeignChat, Loss, Program
from chatdesk.kernel.chat.message import ReasoningPart, Role, SourcesPart, TextPart, ToolCallPart, ToolResultPart
from chatdesk.kernel.presets.preset_import import ImportProblem
from tests.unit.features.conversations.importing import exports
from tests.unit.features.conversations.importing.exports import (
    PNG,
    archive,
    files_of,
    json_file,
    losses_of,
    reasoning_of,
    refusal_of,
    shape_of,
    text_of,
    titles_of_sources,
    unpacked,
)

START = 1_700_000_000
HIDDEN = {"is_visually_hidden_from_conversation": True}


def node(
    key: str, parent: str | None, role: str = "", content: object = "", children: list[str] | None = None, **more: Any
) -> dict[str, Any]:
    """A node of the tree. Text stands for content of the type `text`; without a role there is no message."""
    said = {"content_type": "text", "parts": [content]} if isinstance(content, str) else content
    message = {
        "id": key,
        "author": {"role": role, "name": more.pop("name", None)},
        "create_time": more.pop("time", None),
        "content": said,
        "status": more.pop("status", "finished_successfully"),
        "recipient": more.pop("recipient", "all"),
        "metadata": more.pop("metadata", {}),
        **more,
    }
    return {"id": key, "parent": parent, "children": children or [], "message": message if role else None}


def conversation(*nodes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": "c1",
        "conversation_id": "c1",
        "title": "Trees",
        "create_time": START + 0.5,
        "update_time": START + 100,
        "current_node": nodes[-1]["id"] if nodes else None,
        "default_model_slug": "gpt-4o",
        "mapping": {each["id"]: each for each in nodes},
        **more,
    }


def chat_of(tmp_path: Path, *nodes: dict[str, Any], **more: Any) -> ForeignChat:
    return exports.chat_of(json_file(tmp_path, [conversation(*nodes, **more)]), Program.CHATGPT)


ROOT = node("root", None)
QUESTION = node("q", "root", "user", "Why?", time=START + 1)


def test_a_chat_keeps_its_title_its_times_and_its_model(tmp_path: Path) -> None:
    answer = node("a", "q", "assistant", "Because.", metadata={"model_slug": "gpt-5"}, time=START + 2)
    chat = chat_of(tmp_path, ROOT, QUESTION, answer, is_archived=True, pinned_time=START + 9)
    assert (chat.id, chat.title, chat.head, chat.pinned) == ("c1", "Trees", "a", True)
    assert chat.created_at is not None
    assert chat.created_at.timestamp() == START + 0.5
    assert shape_of(chat) == [("q", "", "Why?"), ("a", "q", "Because.")]
    question, answered = chat.messages
    assert (question.role, question.model) == (Role.USER, "")
    assert (answered.role, answered.model, answered.vendor) == (Role.ASSISTANT, "gpt-5", "openai")
    assert answered.created_at is not None
    assert answered.created_at.timestamp() == START + 2
    assert chat.lost == {}


def test_an_answer_without_a_model_of_its_own_has_that_of_the_chat(tmp_path: Path) -> None:
    assert chat_of(tmp_path, ROOT, QUESTION, node("a", "q", "assistant", "x")).messages[1].model == "gpt-4o"


def test_all_branches_are_kept_and_the_shown_one_is_current(tmp_path: Path) -> None:
    chat = chat_of(
        tmp_path,
        node("root", None, children=["q", "q2"]),
        node("q", "root", "user", "First", children=["a", "b"]),
        node("b", "q", "assistant", "Second try"),
        node("a", "q", "assistant", "First try"),
        node("q2", "root", "user", "Edited"),
        node("c", "q2", "assistant", "Other"),
        current_node="a",
    )
    assert shape_of(chat) == [
        ("q", "", "First"),
        ("a", "q", "First try"),
        ("b", "q", "Second try"),
        ("q2", "", "Edited"),
        ("c", "q2", "Other"),
    ]
    assert chat.head == "a"


def test_the_nodes_between_two_questions_are_one_answer(tmp_path: Path) -> None:
    thoughts = {
        "content_type": "thoughts",
        "thoughts": [{"summary": "Looking", "content": "I look it up."}, {"summary": "", "content": "Found."}],
    }
    recap = {"content_type": "reasoning_recap", "content": "Thought for 8 seconds"}
    code = {"content_type": "code", "language": "python", "text": "print(1)"}
    output = {"content_type": "execution_output", "text": "1"}
    chat = chat_of(
        tmp_path,
        ROOT,
        QUESTION,
        node("t", "q", "assistant", thoughts),
        node("r", "t", "assistant", recap, metadata={"finished_duration_sec": 8}),
        node("p", "r", "assistant", "I compute."),
        node("k", "p", "assistant", code, recipient="python"),
        node("o", "k", "tool", output, name="python"),
        node("a", "o", "assistant", "It is 1."),
        node("q2", "a", "user", "Thanks"),
    )
    question, answer, thanks = chat.messages
    assert answer.parts == (
        ReasoningPart("**Looking**\n\nI look it up.\n\nFound.", 8_000),
        TextPart("I compute.\n\nIt is 1."),
        ToolCallPart("k", "python", "print(1)"),
        ToolResultPart("o", "1"),
    )
    assert (answer.id, answer.parent, thanks.parent) == ("a", question.id, answer.id)


def test_an_answer_that_continues_in_two_ways_is_two_answers_with_the_same_beginning(tmp_path: Path) -> None:
    chat = chat_of(
        tmp_path,
        ROOT,
        QUESTION,
        node("p", "q", "assistant", "Both begin."),
        node("a", "p", "assistant", "One ends."),
        node("b", "p", "assistant", "Other ends."),
        node("q2", "p", "user", "Stop"),
    )
    assert shape_of(chat) == [
        ("q", "", "Why?"),
        ("p", "q", "Both begin."),
        ("q2", "p", "Stop"),
        ("a", "q", "Both begin.\n\nOne ends."),
        ("b", "q", "Both begin.\n\nOther ends."),
    ]


@pytest.mark.parametrize(
    ("more", "folder", "kind"),
    [
        ({"conversation_template_id": "g-p-1", "gizmo_id": "g-p-1"}, "g-p-1", FolderKind.PROJECT),
        ({"conversation_template_id": None, "gizmo_id": "g-p-2", "gizmo_type": "snorlax"}, "g-p-2", FolderKind.PROJECT),
        ({"conversation_template_id": "g-p-1", "project": {"name": "Thesis"}}, "Thesis", FolderKind.NAMED),
        ({"conversation_template_id": "g-p-1", "project_name": "Thesis"}, "Thesis", FolderKind.NAMED),
        ({"conversation_template_id": "g-1", "gizmo_id": "g-1", "gizmo_type": "gpt"}, "", FolderKind.NAMED),
        ({"conversation_template_id": "g-p-1", "is_archived": True, "is_starred": True}, "", FolderKind.ARCHIVE),
        ({"conversation_template_id": 5, "gizmo_id": ["g-p-"], "is_archived": "yes"}, "", FolderKind.NAMED),
    ],
)
def test_a_chat_of_a_project_or_the_archive_says_so(
    tmp_path: Path, more: dict[str, Any], folder: str, kind: FolderKind
) -> None:
    summary = summary_of(chat_of(tmp_path, ROOT, QUESTION, **more))
    assert (summary.folder, summary.folder_kind, summary.pinned) == (folder, kind, False)


def test_what_chatgpt_hides_is_not_shown_and_does_not_break_the_tree(tmp_path: Path) -> None:
    profile = {"content_type": "user_editable_context", "user_profile": "Ada"}
    chat = chat_of(
        tmp_path,
        ROOT,
        node("s", "root", "system", ""),
        node("m", "s", "user", profile, metadata=HIDDEN),
        node("q", "m", "user", "Why?"),
        node("h", "q", "system", "hidden", metadata=HIDDEN),
        node("w", "h", "assistant", "outweighed", weight=0),
        node("a", "w", "assistant", "Because."),
        node("e", "a", "assistant", "unseen", metadata=HIDDEN),
    )
    assert shape_of(chat) == [("q", "", "Why?"), ("a", "q", "Because.")]
    assert chat.head == "a"
    assert chat.lost == {Loss.MEMORY: 1}


def test_a_current_node_in_the_middle_of_an_answer_shows_the_whole_answer(tmp_path: Path) -> None:
    begun = node("b", "q", "assistant", "Begun")
    chat = chat_of(tmp_path, ROOT, QUESTION, begun, node("e", "b", "assistant", "ended"), current_node="b")
    assert chat.head == "e"


def test_an_answer_that_was_cut_off_is_interrupted(tmp_path: Path) -> None:
    cut = node("a", "q", "assistant", "Bec", status="finished_partial_completion")
    assert chat_of(tmp_path, ROOT, QUESTION, cut).messages[1].is_interrupted


def picture(pointer: str) -> dict[str, object]:
    return {"content_type": "image_asset_pointer", "asset_pointer": pointer, "width": 1, "height": 1}


WITH_FILES = conversation(
    ROOT,
    node(
        "q",
        "root",
        "user",
        {
            "content_type": "multimodal_text",
            "parts": [picture("file-service://file-AbC1"), picture("sediment://file_00ff"), "What is this?"],
        },
        metadata={
            "attachments": [
                {"id": "file-AbC1", "name": "photo.png", "mime_type": "image/png"},
                {"id": "file-Doc2", "name": "notes.pdf", "mime_type": "application/pdf"},
                {"id": "file-Gone", "name": "gone.pdf", "mime_type": "application/pdf"},
            ]
        },
    ),
    node(
        "d",
        "q",
        "tool",
        {"content_type": "multimodal_text", "parts": [picture("file-service://file-Gen3")]},
        name="dalle.text2im",
    ),
    node("a", "d", "assistant", "A pixel."),
)
FILES = {
    "conversations.json": [WITH_FILES],
    "file-AbC1-photo.png": PNG,
    "file_00ff.dat": PNG,
    "file-Doc2-notes.pdf": b"%PDF-1.4",
    "dalle-generations/file-Gen3-0b1c.webp": PNG,
    "chat.html": "<html>",
    "user.json": {"id": "user-1", "email": "ada@example.org"},
}


WITH_TOOLS = conversation(
    ROOT,
    QUESTION,
    node("t", "q", "assistant", {"content_type": "thoughts", "thoughts": [{"summary": "Hm", "content": "So"}]}),
    node("r", "t", "assistant", {"content_type": "reasoning_recap"}, metadata={"finished_duration_sec": 8}),
    node("k", "r", "assistant", {"content_type": "code", "text": "1"}, recipient="python"),
    node("o", "k", "tool", {"content_type": "execution_output", "text": "1"}, name="python"),
    node("c", "o", "assistant", '{"name": "A", "content": "B"}', recipient="canmore.create_textdoc"),
    node(
        "a",
        "c",
        "assistant",
        "See \ue200cite\ue202x\ue201 and 【1†y】",
        metadata={
            "content_references": [
                {"matched_text": "\ue200cite\ue202x\ue201", "type": "webpage", "items": [{"url": "u"}]}
            ],
            "citations": [{"start_ix": 14, "end_ix": 19, "metadata": {"title": "T", "url": "v"}}],
        },
    ),
    id="c2",
)


@pytest.mark.parametrize("folder", ["", "ChatGPT export/"])
def test_pictures_and_documents_come_from_the_archive(tmp_path: Path, folder: str) -> None:
    path = archive(tmp_path, {f"{folder}{name}": content for name, content in FILES.items()})
    chat = exports.chat_of(path, Program.CHATGPT)
    question, answer = chat.messages
    gone, document = sorted(files_of(question)[:2], key=lambda file: not file.name.startswith("gone"))
    assert (document.name, document.is_picture, exports.contents[document]) == ("notes.pdf", False, b"%PDF-1.4")
    assert not gone.has_content
    assert [(file.is_picture, exports.contents[file]) for file in files_of(question)[2:]] == [(True, PNG), (True, PNG)]
    assert text_of(question) == "What is this?"
    assert [exports.contents[file] for file in files_of(answer)] == [PNG]
    assert chat.lost == {Loss.DOCUMENT: 1}


def test_an_archive_can_be_unpacked(tmp_path: Path) -> None:
    chat = exports.chat_of(unpacked(tmp_path, FILES), Program.CHATGPT)
    assert [exports.contents[file] for file in files_of(chat.messages[1])] == [PNG]


def test_pictures_that_are_not_there_are_counted_and_shown_as_missing(tmp_path: Path) -> None:
    chat = exports.chat_of(json_file(tmp_path, [WITH_FILES]), Program.CHATGPT)
    assert chat.lost == {Loss.PICTURE: 3, Loss.DOCUMENT: 2}
    assert [file.has_content for file in files_of(chat.messages[1])] == [False]


def test_a_large_export_is_divided(tmp_path: Path) -> None:
    first, second = conversation(ROOT, QUESTION), conversation(ROOT, QUESTION, id="c2", conversation_id="c2")
    path = archive(
        tmp_path,
        {
            "conversations-000.json": [first],
            "conversations-001.json": [second],
            "export_manifest.json": {"version": 1, "export_files": [{"path": "conversations-000.json"}]},
            "conversation_asset_file_names.json": {},
        },
    )
    assert [chat.id for chat in exports.chats_of(path, Program.CHATGPT)] == ["c1", "c2"]


def test_voice_messages_keep_their_transcripts(tmp_path: Path) -> None:
    spoken = {
        "content_type": "multimodal_text",
        "parts": [
            {"content_type": "audio_transcription", "text": "Spoken question", "direction": "in"},
            {"content_type": "audio_asset_pointer", "asset_pointer": "sediment://file_1", "format": "wav"},
        ],
    }
    live = {
        "content_type": "real_time_user_audio_video_asset_pointer",
        "audio_asset_pointer": {"content_type": "audio_asset_pointer"},
        "video_container_asset_pointer": {"content_type": "video_container_asset_pointer"},
    }
    silent = node("q2", "q", "user", {"content_type": "multimodal_text", "parts": [live]})
    chat = chat_of(tmp_path, ROOT, node("q", "root", "user", spoken), silent, node("a", "q2", "assistant", "Yes"))
    assert shape_of(chat) == [("q", "", "Spoken question"), ("q2", "q", ""), ("a", "q2", "Yes")]
    assert chat.lost == {Loss.SOUND: 2, Loss.VIDEO: 1}


def cite(reference: str) -> str:
    return f"\ue200cite\ue202{reference}\ue201"


def test_citations_become_numbers_of_sources(tmp_path: Path) -> None:
    page = {"title": "One", "url": "https://one.example/", "snippet": "text"}
    text = f"First {cite('turn0search0')}. Second{cite('turn0search1')}. Again {cite('turn0file0')}, \ue200i\ue202x\ue201stray\ue204."
    references = [
        {
            "matched_text": cite("turn0search0"),
            "type": "grouped_webpages",
            "items": [page, {"url": "https://two.example/"}],
        },
        {"matched_text": cite("turn0search1"), "type": "webpage", **page},
        {"matched_text": cite("turn0file0"), "type": "file", "name": "report.pdf"},
        {
            "matched_text": " ",
            "type": "sources_footnote",
            "sources": [{"title": "Three", "url": "https://three.example/"}],
        },
    ]
    chat = chat_of(
        tmp_path, ROOT, QUESTION, node("a", "q", "assistant", text, metadata={"content_references": references})
    )
    assert text_of(chat.messages[1]) == "First [1][2]. Second [1]. Again [3],stray."
    assert titles_of_sources(chat.messages[1]) == [
        (1, "One", "https://one.example/"),
        (2, "", "https://two.example/"),
        (3, "report.pdf", ""),
        (4, "Three", "https://three.example/"),
    ]


def test_names_in_citations_stay_in_the_text(tmp_path: Path) -> None:
    mark = '\ue200entity\ue202["people","Ada Lovelace","1815"]\ue201'
    chat = chat_of(tmp_path, ROOT, QUESTION, node("a", "q", "assistant", f"About {mark} today."))
    assert text_of(chat.messages[1]) == "About Ada Lovelace today."


def test_pages_of_the_older_browser_are_sources(tmp_path: Path) -> None:
    text = "News 【11†source】 today."
    cited = {"start_ix": 5, "end_ix": 16, "metadata": {"title": "News site", "url": "https://news.example/"}}
    quote = {"content_type": "tether_quote", "url": "https://read.example/", "title": "Read", "text": "A passage"}
    chat = chat_of(
        tmp_path,
        ROOT,
        QUESTION,
        node("b", "q", "assistant", {"content_type": "code", "text": 'search("news")'}, recipient="browser"),
        node("t", "b", "tool", {"content_type": "tether_browsing_display", "result": "results"}, name="browser"),
        node("e", "t", "tool", {"content_type": "system_error", "name": "Error", "text": "timeout"}, name="browser"),
        node("o", "e", "tool", quote, name="browser"),
        node("a", "o", "assistant", text, metadata={"citations": [cited]}),
    )
    answer = chat.messages[1]
    assert text_of(answer) == "News [2] today."
    assert titles_of_sources(answer) == [
        (1, "Read", "https://read.example/"),
        (2, "News site", "https://news.example/"),
    ]
    assert [part for part in answer.parts if isinstance(part, ToolResultPart)] == [
        ToolResultPart("t", "results"),
        ToolResultPart("e", "timeout"),
    ]


def test_a_canvas_is_part_of_the_answer(tmp_path: Path) -> None:
    canvas = '{"name": "Hello", "type": "code/python", "content": "print(1)\\n"}'
    chat = chat_of(
        tmp_path,
        ROOT,
        QUESTION,
        node("c", "q", "assistant", canvas, recipient="canmore.create_textdoc"),
        node("u", "c", "assistant", "{", recipient="canmore.update_textdoc"),
        node("a", "u", "assistant", "Done."),
    )
    assert text_of(chat.messages[1]) == "**Hello**\n\n```python\nprint(1)\n```\n\nDone."
    assert ToolCallPart("u", "canmore.update_textdoc", "{") in chat.messages[1].parts


def test_what_was_remembered_is_counted(tmp_path: Path) -> None:
    chat = chat_of(
        tmp_path,
        ROOT,
        QUESTION,
        node("m", "q", "assistant", "Ada likes tea", recipient="bio"),
        node("r", "m", "tool", "Model set context updated.", name="bio"),
        node("a", "r", "assistant", "Noted."),
    )
    assert shape_of(chat) == [("q", "", "Why?"), ("a", "q", "Noted.")]
    assert chat.lost == {Loss.MEMORY: 1}


def test_code_of_an_answer_is_a_block_of_code(tmp_path: Path) -> None:
    code = {"content_type": "code", "language": "unknown", "text": "```\nx\n```"}
    chat = chat_of(tmp_path, ROOT, QUESTION, node("a", "q", "assistant", code))
    assert text_of(chat.messages[1]) == "````unknown\n```\nx\n```\n````"


def test_a_cycle_is_cut_and_orphans_begin_paths(tmp_path: Path) -> None:
    chat = chat_of(
        tmp_path,
        node("q", "a", "user", "In a cycle"),
        node("a", "q", "assistant", "Also"),
        node("o", "nowhere", "user", "Orphan"),
        node("self", "self", "user", "Own parent"),
        current_node="nothing",
    )
    assert shape_of(chat) == [
        ("o", "", "Orphan"),
        ("self", "", "Own parent"),
        ("q", "", "In a cycle"),
        ("a", "q", "Also"),
    ]


def test_a_very_long_chain_of_nodes_is_divided_into_answers(tmp_path: Path) -> None:
    chain = [node(f"n{number}", f"n{number - 1}", "assistant", "x") for number in range(1, 1_000)]
    chat = chat_of(tmp_path, ROOT, node("n0", "root", "user", "Go"), *chain)
    assert len(chat.messages) == 6
    assert chat.head == "n999"


@pytest.mark.parametrize(
    "damaged",
    [
        {"mapping": {"q": "text", "a": {"message": []}, "b": None}},
        {"mapping": {"q": node("q", None, "user", {"content_type": "multimodal_text", "parts": [None, 7, [], {}]})}},
        {"mapping": {"q": node("q", None, "user", "x", time=1e300, metadata=[])}},
        {"mapping": {"q": node("q", None, "user", "x") | {"children": "q", "parent": 5}}},
        {"mapping": {"q": node("q", None, "assistant", {"content_type": "thoughts", "thoughts": {"a": 1}})}},
        {"mapping": {"q": node("q", None, "assistant", "x", metadata={"citations": [1, {"start_ix": "a"}]})}},
        {
            "mapping": {
                "q": node(
                    "q", None, "assistant", "\ue200", metadata={"content_references": [{"matched_text": 5}, None]}
                )
            }
        },
    ],
)
def test_wrong_types_do_no_harm(tmp_path: Path, damaged: dict[str, object]) -> None:
    found = exports.found_in(json_file(tmp_path, [damaged, conversation(ROOT, QUESTION)]), Program.CHATGPT)
    chat = found[1]
    assert isinstance(chat, ForeignChat)
    assert shape_of(chat) == [("q", "", "Why?")]


def test_chats_without_messages_and_what_is_no_chat_are_counted(tmp_path: Path) -> None:
    path = json_file(tmp_path, [conversation(ROOT), "nothing", conversation(node("s", None, "system", "You are"))])
    assert losses_of(path, Program.CHATGPT) == [Loss.EMPTY_CHAT, Loss.DAMAGED_CHAT, Loss.EMPTY_CHAT]


def test_a_future_time_is_unknown(tmp_path: Path) -> None:
    chat = chat_of(tmp_path, ROOT, QUESTION, create_time=99_999_999_999, update_time=-5)
    assert (chat.created_at, chat.updated_at) == (None, None)


def test_numbers_that_are_not_json_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "conversations.json"
    path.write_text('[{"mapping": {}, "create_time": NaN}]', "utf-8")
    assert refusal_of(path) is ImportProblem.DAMAGED


def test_sources_beyond_the_limit_are_counted(tmp_path: Path) -> None:
    pages = [{"title": str(number), "url": f"https://{number}.example/"} for number in range(60)]
    metadata = {"content_references": [{"matched_text": " ", "type": "sources_footnote", "sources": pages}]}
    chat = chat_of(tmp_path, ROOT, QUESTION, node("a", "q", "assistant", "Wör", metadata=metadata))
    (part,) = (part for part in chat.messages[1].parts if isinstance(part, SourcesPart))
    assert len(part.sources) == 50
    assert chat.lost == {Loss.SOURCE: 10}


def test_reasoning_without_an_answer_is_an_answer(tmp_path: Path) -> None:
    thoughts = {"content_type": "thoughts", "thoughts": [{"summary": "Hm", "content": ""}]}
    chat = chat_of(tmp_path, ROOT, QUESTION, node("t", "q", "assistant", thoughts))
    assert reasoning_of(chat.messages[1]) == "**Hm**"


def test_shared_links_are_counted(tmp_path: Path) -> None:
    files = {
        "conversations.json": [conversation(ROOT, QUESTION)],
        "shared_conversations.json": [{"id": "1"}, {"id": "2"}],
    }
    assert losses_of(archive(tmp_path, files), Program.CHATGPT) == [Loss.SHARED_LINK] * 2
    damaged = files | {"shared_conversations.json": "{"}
    assert losses_of(archive(tmp_path, damaged), Program.CHATGPT) == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_files_with_a_byte_order_mark_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps([conversation(ROOT, QUESTION)]), encoding)
    assert shape_of(exports.chat_of(path, Program.CHATGPT)) == [("q", "", "Why?")]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b'[{"mapping": {}, "title": "\xe4"}]', ImportProblem.NOT_TEXT),
        (b'[{"mapping": {}}, {"mapping": ', ImportProblem.DAMAGED),
        (b'[{"mapping": {}}, ' + b"[" * 100_000, ImportProblem.TOO_DEEP),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes, problem: ImportProblem) -> None:
    path = tmp_path / "conversations.json"
    path.write_bytes(content)
    assert refusal_of(path) is problem
