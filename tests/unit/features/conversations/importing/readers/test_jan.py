"""Chats of Jan: its data folder, a thread, and messages alone; linear and with branches."""

import json
from pathlib import Path

from chatdesk.features.conversations.importing.foreign_chat import ForeignChat, Loss, Program
from tests.unit.features.conversations.importing.reading import PIXEL, PNG, chats_in, read, shown, tree, written, zipped

THREAD = {
    "id": "01J",
    "object": "thread",
    "title": "Greeting",
    "assistants": [
        {"id": "jan", "name": "Jan", "instructions": "Be brief.", "model": {"id": "qwen3-8b", "engine": "llamacpp"}}
    ],
    "created": 1700000000,
    "updated": 1700000100,
    "metadata": {"is_favorite": True, "project": {"id": "p", "name": "Work"}},
}


def message(message_id: str, role: str, *content: object, **others: object) -> dict[str, object]:
    return {
        "id": message_id,
        "object": "thread.message",
        "thread_id": "01J",
        "role": role,
        "content": list(content),
        "status": "ready",
        "created_at": 1700000000123,
        **others,
    }


def text(value: str) -> dict[str, object]:
    return {"type": "text", "text": {"value": value, "annotations": []}}


QUESTION = message(
    "m1",
    "user",
    text("Look\n\n[ATTACHED_FILES]\n- file_id: f1, name: notes.pdf, size: 3\n[/ATTACHED_FILES]"),
    {"type": "image_url", "image_url": {"url": PIXEL}},
    {"type": "image_url", "image_url": {"url": "file://threads/01J/files/shot.png"}},
)
CALL = {
    "tool": {"id": "c1", "type": "function", "function": {"name": "search", "arguments": '{"q": 1}'}},
    "response": {"ok": True},
}
ANSWER = message("m2", "assistant", text("<think>hm</think>A dot."), metadata={"tool_calls": [CALL]})
LATER = message(
    "m3",
    "assistant",
    {"type": "reasoning", "text": {"value": "so"}},
    {"type": "tool_call", "tool_call_id": "c2", "tool_name": "fetch", "input": {"u": 2}, "output": "page"},
    text("Done."),
    status="stopped",
)


def lines(*records: object) -> str:
    return "\n".join(json.dumps(each) for each in records) + "\n"


def data_folder(folder: Path, *records: object) -> Path:
    written(folder, THREAD, "data/threads/01J/thread.json")
    written(folder, lines(*records), "data/threads/01J/messages.jsonl")
    written(folder, PNG, "data/threads/01J/files/shot.png")
    written(folder, b"GGUF", "data/models/qwen/model.gguf")
    return folder / "data"


def test_a_thread_keeps_its_title_times_assistant_and_project(tmp_path: Path) -> None:
    (chat,) = chats_in(data_folder(tmp_path, QUESTION, ANSWER), Program.JAN)
    assert (chat.id, chat.title, chat.pinned, chat.folder) == ("01J", "Greeting", True, "Work")
    assert chat.instructions == "Be brief."
    assert (chat.created_at, chat.updated_at) != (None, None)
    assert tree(chat) == [("m1", ""), ("m2", "m1")]
    assert (chat.messages[1].model, chat.messages[1].vendor) == ("qwen3-8b", "llama-cpp")


def test_contents_become_parts_and_files_of_the_thread_are_found(tmp_path: Path) -> None:
    (chat,) = chats_in(data_folder(tmp_path, QUESTION, ANSWER, LATER), Program.JAN)
    question, answer, later = chat.messages
    assert shown(question.parts) == ["picture  image/png 70", "picture shot.png image/png 12", "Look"]
    assert shown(answer.parts) == ["thought hm", "A dot.", 'call c1 search {"q": 1}', 'result c1 {"ok": true}']
    assert shown(later.parts) == ["thought so", "Done.", 'call c2 fetch {"u": 2}', "result c2 page"]
    assert [each.is_interrupted for each in chat.messages] == [False, False, True]
    assert chat.lost == {Loss.DOCUMENT: 1}


def test_messages_alone_are_a_chat_named_after_its_question(tmp_path: Path) -> None:
    path = written(tmp_path, lines(QUESTION, ANSWER), "messages.jsonl")
    (chat,) = chats_in(path, Program.JAN)
    assert (chat.id, chat.title) == ("01J", "Look")
    assert chat.lost == {Loss.DOCUMENT: 1, Loss.PICTURE: 1}


def test_an_archive_of_threads_is_read_like_the_folder(tmp_path: Path) -> None:
    files = {
        "threads/01J/thread.json": THREAD,
        "threads/01J/messages.jsonl": lines(QUESTION),
        "threads/01J/files/shot.png": PNG,
    }
    (chat,) = chats_in(written(tmp_path, zipped(files), "threads.zip"), Program.JAN)
    assert (chat.title, chat.lost) == ("Greeting", {Loss.DOCUMENT: 1})


def test_branches_are_kept_and_the_active_one_is_shown(tmp_path: Path) -> None:
    records = [
        message("q", "user", text("?"), metadata={"parentId": None, "activeChildId": "a1"}),
        message("a1", "assistant", text("1"), metadata={"parentId": "q"}),
        message("a2", "assistant", text("2"), metadata={"parentId": "q"}),
    ]
    (chat,) = chats_in(data_folder(tmp_path, *records), Program.JAN)
    assert (tree(chat), chat.head) == ([("q", ""), ("a1", "q"), ("a2", "q")], "a1")


def test_the_results_of_tools_are_part_of_the_answer(tmp_path: Path) -> None:
    records = [
        message("q", "user", text("?")),
        message("a", "assistant", text("Let me see.")),
        message("t", "tool", text("42"), tool_call_id="c"),
        message("b", "assistant", text("It is 42.")),
    ]
    (chat,) = chats_in(data_folder(tmp_path, *records), Program.JAN)
    assert [shown(each.parts) for each in chat.messages] == [["?"], ["Let me see.\n\nIt is 42.", "result c 42"]]


def test_damaged_lines_and_threads_are_counted(tmp_path: Path) -> None:
    folder = data_folder(tmp_path, QUESTION, "text", {"role": "robot"}, {"role": "user", "content": None})
    path = folder / "threads/01J/messages.jsonl"
    path.write_text(path.read_text("utf-8") + '{"id": "cut', "utf-8")
    written(folder, "{", "threads/02/thread.json")
    written(folder, lines(QUESTION), "threads/02/messages.jsonl")
    written(folder, {"id": "03"}, "threads/03/thread.json")
    written(folder, "", "threads/03/messages.jsonl")
    found = read(folder, Program.JAN)
    assert isinstance(found[0], ForeignChat)
    assert found[0].lost[Loss.DAMAGED_MESSAGE] == 3
    assert [message.id for message in found[0].messages] == ["m1", "1"]
    assert found[1:] == [Loss.DAMAGED_CHAT, Loss.EMPTY_CHAT]


def test_an_answer_that_lost_its_question_comes_back_to_it(tmp_path: Path) -> None:
    records = [
        message("q1", "user", text("1?"), metadata={"parentId": None}),
        message("a1", "assistant", text("1."), metadata={"parentId": None}),
        message("q2", "user", text("2?"), metadata={"parentId": "q1"}),
        message("a2", "assistant", text("2.")),
        message("q3", "user", text("3?"), metadata={"parentId": "q2"}),
        message("a3", "assistant", text("3."), metadata={"parentId": "q3"}),
        message("b3", "assistant", text("3!"), metadata={"parentId": "q3"}),
        message("other", "user", text("0?"), metadata={"parentId": None}),
    ]
    (chat,) = chats_in(data_folder(tmp_path, *records), Program.JAN)
    assert tree(chat) == [
        ("q1", ""),
        ("a1", "q1"),
        ("q2", "a1"),
        ("a2", "q2"),
        ("q3", "a2"),
        ("a3", "q3"),
        ("b3", "q3"),
        ("other", ""),
    ]


def test_the_text_of_documents_in_a_question_is_kept(tmp_path: Path) -> None:
    files = [{"name": "notes.pdf", "content": "Dots."}, {"content": "More."}, {"name": "empty.txt", "content": ""}, 3]
    question = QUESTION | {"metadata": {"inline_file_contents": files}}
    (chat,) = chats_in(data_folder(tmp_path, question), Program.JAN)
    assert shown(chat.messages[0].parts) == [
        "document notes.pdf application/pdf Dots.",
        "document Text  More.",
        "picture  image/png 70",
        "picture shot.png image/png 12",
        "Look",
    ]
    assert chat.lost == {}


def test_the_export_of_one_chat_is_read(tmp_path: Path) -> None:
    members = ("id", "role", "content", "created_at", "metadata")
    messages = [{name: record.get(name) for name in members} for record in (QUESTION, ANSWER, LATER)]
    export = {"title": "Greeting", "exported_at": "2026-05-01T10:00:00.000Z", "messages": messages}
    (chat,) = chats_in(written(tmp_path, json.dumps(export, indent=2), "Greeting.json"), Program.JAN)
    assert (chat.id, chat.title) == ("m1", "Greeting")
    assert tree(chat) == [("m1", ""), ("m2", "m1"), ("m3", "m2")]
    assert shown(chat.messages[1].parts)[:2] == ["thought hm", "A dot."]
    (empty,) = read(written(tmp_path, export | {"messages": [{"role": "user"}, 1]}, "x.json"), Program.JAN)
    assert isinstance(empty, ForeignChat)
    assert empty.lost == {Loss.DAMAGED_MESSAGE: 1}
