"""Exports of Open WebUI: the tree of a chat, reasoning inside the text, pictures, and what is left out."""

from pathlib import Path

import pytest

from chatdesk.features.conversations.importing.chat_records import summary_of
from chatdesk.features.conversations.importing.foreign_chat import (
    DamagedChat,
    FolderKind,
    ForeignChat,
    ForeignFile,
    ForeignMessage,
    Loss,
    Program,
)
from chatdesk.features.conversations.importing.programs import Found
from chatdesk.kernel.chat.message import ReasoningPart, Role, SourcesPart, TextPart, ToolCallPart, ToolResultPart
from chatdesk.kernel.chat.usage import Usage
from tests.unit.features.conversations.importing.exports import PIXEL, chat_of, found_in, json_file

QUESTION = {
    "id": "m1",
    "parentId": None,
    "childrenIds": ["m2", "m3"],
    "role": "user",
    "content": "Hello",
    "timestamp": 1700000000,
    "files": [{"type": "image", "url": PIXEL}, {"type": "image", "url": "/api/v1/files/9/content"}],
}
REASONING = '<details type="reasoning" done="true" duration="3">\n<summary>Thought for 3 seconds</summary>\n> a &lt; b\n> so\n</details>\n'
ANSWER = {
    "id": "m2",
    "parentId": "m1",
    "role": "assistant",
    "content": f"{REASONING}Hi",
    "model": "llama3:8b",
    "done": True,
    "timestamp": 1700000001,
}
OTHER = {**ANSWER, "id": "m3", "content": "Good day", "done": False}
CHAT = {
    "id": "c1",
    "title": "Greeting",
    "created_at": 1700000000,
    "updated_at": 1700000100,
    "pinned": True,
    "chat": {
        "title": "Greeting",
        "params": {"system": "Be brief."},
        "history": {"currentId": "m2", "messages": {"m1": QUESTION, "m2": ANSWER, "m3": OTHER}},
    },
}


SAMPLE = [
    CHAT,
    {
        "id": "c9",
        "chat": {
            "messages": [
                QUESTION | {"content": [{"type": "text", "text": "x"}]},
                {
                    **ANSWER,
                    "output": [
                        {"type": "reasoning", "summary": [{"text": "Hm."}], "duration": 2},
                        {"type": "function_call", "call_id": "c", "name": "n", "arguments": "{}"},
                        {"type": "function_call_output", "call_id": "c", "output": [{"text": "found"}]},
                        {"type": "message", "content": [{"text": "So."}]},
                    ],
                    "sources": [{"source": {"name": "n"}, "document": ["d"], "metadata": [{"source": "n"}]}],
                    "usage": {"prompt_tokens": 7},
                },
            ]
        },
    },
]


def read(tmp_path: Path, value: object) -> list[Found]:
    return found_in(json_file(tmp_path, value, "chat-export.json"), Program.OPEN_WEBUI)


def chat_in(tmp_path: Path, value: object) -> ForeignChat:
    return chat_of(json_file(tmp_path, value, "chat-export.json"), Program.OPEN_WEBUI)


@pytest.mark.parametrize("value", [[CHAT], CHAT])
def test_a_chat_keeps_its_tree_its_times_and_its_settings(tmp_path: Path, value: object) -> None:
    chat = chat_in(tmp_path, value)
    assert (chat.id, chat.title, chat.pinned, chat.instructions) == ("c1", "Greeting", True, "Be brief.")
    assert chat.created_at is not None
    assert chat.created_at.timestamp() == 1700000000
    assert [(each.id, each.parent, each.role) for each in chat.messages] == [
        ("m1", "", Role.USER),
        ("m2", "m1", Role.ASSISTANT),
        ("m3", "m1", Role.ASSISTANT),
    ]
    assert chat.head == "m2"
    assert [each.is_interrupted for each in chat.messages] == [False, False, True]


def test_reasoning_is_taken_out_of_the_text(tmp_path: Path) -> None:
    answer = chat_in(tmp_path, CHAT).messages[1]
    assert answer.model == "llama3:8b"
    assert answer.parts == (ReasoningPart("a < b\nso", 3_000), TextPart("Hi"))


def test_embedded_pictures_are_kept_and_those_on_the_server_are_counted(tmp_path: Path) -> None:
    chat = chat_in(tmp_path, CHAT)
    picture, missing = (part for part in chat.messages[0].parts if isinstance(part, ForeignFile))
    assert picture.is_picture
    assert picture.media_type == "image/png"
    assert picture.data.startswith(b"\x89PNG")
    assert missing.is_picture
    assert not missing.has_content
    assert chat.lost == {Loss.PICTURE: 1}


def test_a_flat_list_of_messages_is_a_path(tmp_path: Path) -> None:
    flat = {"id": "c2", "title": "Flat", "chat": {"messages": [QUESTION | {"files": []}, ANSWER | {"parentId": None}]}}
    assert [(each.id, each.parent) for each in chat_in(tmp_path, flat).messages] == [("m1", ""), ("m2", "m1")]


def test_an_empty_chat_and_what_is_no_chat_are_counted(tmp_path: Path) -> None:
    empty = {"id": "c3", "title": "Empty", "chat": {"history": {"messages": {}}}}
    assert read(tmp_path, [empty, "nothing"]) == [Loss.EMPTY_CHAT, DamagedChat()]


def answer_of(tmp_path: Path, **more: object) -> ForeignMessage:
    record = {**ANSWER, **more}
    chat = {"id": "c4", "chat": {"history": {"currentId": "m2", "messages": {"m1": QUESTION, "m2": record}}}}
    return chat_in(tmp_path, chat).messages[1]


def test_calls_of_tools_in_the_text_are_parts(tmp_path: Path) -> None:
    call = (
        '<details type="tool_calls" done="true" id="c1" name="search" arguments="&quot;{\\&quot;q\\&quot;: 1}&quot;" '
        'result="&quot;found&quot;" files="">\n<summary>Tool Executed</summary>\n</details>\n'
    )
    code = (
        '<details type="code_interpreter" done="true" output="{&quot;stdout&quot;: &quot;2&quot;}">\n'
        "<summary>Analyzed</summary>\n```python\nprint(2)\n```\n</details>\n"
    )
    assert answer_of(tmp_path, content=f"First\n{call}{code}Then").parts == (
        TextPart("First\n\nThen"),
        ToolCallPart("c1", "search", '{"q": 1}'),
        ToolResultPart("c1", "found"),
        ToolCallPart("", "code_interpreter", "```python\nprint(2)\n```"),
        ToolResultPart("", "2"),
    )


def test_the_output_of_newer_versions_is_preferred_to_the_text(tmp_path: Path) -> None:
    output = [
        {"type": "reasoning", "summary": None, "content": [{"type": "output_text", "text": "Hm."}], "duration": 2},
        {"type": "function_call", "call_id": "c1", "name": "search", "arguments": '{"q": 1}', "status": "completed"},
        {"type": "function_call_output", "call_id": "c1", "output": [{"type": "input_text", "text": "found"}]},
        {"type": "message", "content": [{"type": "output_text", "text": "So."}]},
        {"type": "open_webui:code_interpreter", "id": "c2", "code": "1", "lang": "python", "output": {"stdout": "1"}},
        {"type": "computer_call"},
    ]
    assert answer_of(tmp_path, content="not this", output=output).parts == (
        ReasoningPart("Hm.", 2_000),
        TextPart("So."),
        ToolCallPart("c1", "search", '{"q": 1}'),
        ToolResultPart("c1", "found"),
        ToolCallPart("c2", "code_interpreter", "```python\n1\n```"),
        ToolResultPart("c2", "1"),
    )


def test_content_can_be_a_list(tmp_path: Path) -> None:
    content = [{"type": "text", "text": "See"}, {"type": "image_url", "image_url": {"url": PIXEL}}, 5, None]
    text, picture = answer_of(tmp_path, content=content).parts
    assert text == TextPart("See")
    assert isinstance(picture, ForeignFile)
    assert picture.is_picture


def test_sources_have_the_numbers_of_the_text(tmp_path: Path) -> None:
    sources = [
        {"source": {"name": "notes.pdf"}, "document": ["a", "b"], "metadata": [{"source": "notes.pdf"}] * 2},
        {
            "source": {"name": "Search"},
            "document": ["c", 5],
            "metadata": [{"source": "https://one.example/", "title": "One"}],
        },
        {"document": "x"},
        None,
    ]
    (part,) = (each for each in answer_of(tmp_path, sources=sources).parts if isinstance(each, SourcesPart))
    assert [(source.number, source.title, source.address) for source in part.sources] == [
        (1, "notes.pdf", ""),
        (2, "One", "https://one.example/"),
        (3, "Search", ""),
    ]


def test_the_tokens_of_an_answer_are_kept(tmp_path: Path) -> None:
    assert answer_of(tmp_path, usage={"prompt_tokens": 7, "completion_tokens": 9}).usage == Usage(7, 9)
    assert answer_of(tmp_path, info={"prompt_eval_count": 7, "eval_count": -1}).usage == Usage(7)
    assert answer_of(tmp_path, usage=[]).usage is None


def test_the_text_of_a_document_is_kept(tmp_path: Path) -> None:
    file = {"filename": "a.pdf", "data": {"content": "Text"}, "meta": {"content_type": "application/pdf"}}
    question = {**QUESTION, "files": [{"type": "file", "file": file}, {"type": "file", "name": "b.pdf"}, None]}
    chat = chat_in(tmp_path, {"id": "c5", "chat": {"history": {"messages": {"m1": question}}}})
    first, second, *_ = (part for part in chat.messages[0].parts if isinstance(part, ForeignFile))
    assert (first.name, first.media_type, first.text) == ("a.pdf", "application/pdf", "Text")
    assert (second.name, second.text) == ("b.pdf", "")
    assert chat.lost == {Loss.DOCUMENT: 2}


def test_a_very_old_export_has_no_chat_around_it(tmp_path: Path) -> None:
    content = CHAT["chat"]
    assert isinstance(content, dict)
    assert len(chat_in(tmp_path, {**content, "models": ["llama3:8b"]}).messages) == 3


def test_answers_of_several_models_are_siblings(tmp_path: Path) -> None:
    other = {**ANSWER, "id": "m3", "model": "qwen3:8b", "modelIdx": 1}
    tree = {"m1": QUESTION, "m2": ANSWER, "m3": other}
    chat = chat_in(tmp_path, {"id": "c6", "folder": {"name": "Work"}, "chat": {"history": {"messages": tree}}})
    assert [(each.parent, each.model) for each in chat.messages[1:]] == [("m1", "llama3:8b"), ("m1", "qwen3:8b")]
    assert chat.folder == "Work"


def test_wrong_types_do_no_harm(tmp_path: Path) -> None:
    tree = {
        "a": {"role": "user", "content": 5, "files": 7, "timestamp": "soon", "parentId": "a"},
        "b": {"role": "tool"},
        "c": None,
        "d": {"role": "assistant", "output": [1], "sources": {"a": 1}, "content": {"x": 1}, "parentId": "nowhere"},
    }
    chat = chat_in(tmp_path, {"chat": {"history": {"messages": tree, "currentId": 5}}, "created_at": {}})
    assert [(each.id, each.parent, each.parts) for each in chat.messages] == [("d", "", ()), ("a", "", ())]
    assert chat.lost == {Loss.DAMAGED_MESSAGE: 2}


@pytest.mark.parametrize(
    ("name", "folder", "shown", "kind"),
    [
        ("chat-export-1.json", None, "", FolderKind.NAMED),
        ("chat-export-1.json", "f1", "f1", FolderKind.FOLDER),
        ("folder-My-work-export-1700000000000.json", "f1", "My-work", FolderKind.NAMED),
        ("folder-工作-export-1700000000000 (1).json", "f1", "工作", FolderKind.NAMED),
        ("folder-export.json", ["f1"], "", FolderKind.NAMED),
    ],
)
def test_the_folder_is_known_by_its_id_or_by_the_name_of_the_file(
    tmp_path: Path, name: str, folder: object, shown: str, kind: FolderKind
) -> None:
    chat = chat_of(json_file(tmp_path, [{**CHAT, "folder_id": folder}], name), Program.OPEN_WEBUI)
    summary = summary_of(chat)
    assert (summary.folder, summary.folder_kind) == (shown, kind)


def test_code_that_ran_and_the_text_made_of_several_answers_are_part_of_an_answer(tmp_path: Path) -> None:
    executions = [
        {
            "id": "x1",
            "name": "Plot",
            "language": "python",
            "code": "print(1)",
            "result": {"output": "1", "files": [{"name": "a.png", "url": "/a"}]},
        },
        {"id": "x2", "code": "1 / 0", "result": {"error": "Division by zero"}},
        {"code": "", "result": None},
        7,
    ]
    answer = {**ANSWER, "code_executions": executions, "merged": {"status": True, "content": "Both say hi."}}
    chat = chat_in(tmp_path, {"id": "c", "chat": {"history": {"messages": {"m1": QUESTION, "m2": answer}}}})
    parts = chat.messages[1].parts
    (text,) = (part.text for part in parts if isinstance(part, TextPart))
    assert text.endswith("\n\nBoth say hi.")
    assert [part for part in parts if isinstance(part, ToolCallPart | ToolResultPart)][-4:] == [
        ToolCallPart("x1", "Plot", "```python\nprint(1)\n```"),
        ToolResultPart("x1", "1"),
        ToolCallPart("x2", "code_interpreter", "```\n1 / 0\n```"),
        ToolResultPart("x2", "Division by zero"),
    ]
    assert chat.lost[Loss.DOCUMENT] == 1
