"""Samples of all programs become chats: read by the real process, kept in a real database, found again by a second import."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from chatdesk.features.conversations.importing.foreign_chat import Loss, Program
from chatdesk.features.conversations.services.files.chat_imports import ChatState
from chatdesk.features.conversations.services.files.preset_files import preset_files
from chatdesk.kernel.chat.pictures import PictureProblem
from tests.unit.features.conftest import Harness
from tests.unit.features.conversations.importing.exports import archive, json_file
from tests.unit.features.conversations.importing.readers import (
    test_chatbox,
    test_chatgpt,
    test_cherry_database,
    test_cherry_studio,
    test_claude,
    test_deepseek,
    test_jan,
    test_librechat,
    test_lm_studio,
    test_lobe_chat,
    test_ollama,
    test_open_webui,
    test_openai_messages,
    test_own_files,
    test_silly_tavern,
)
from tests.unit.features.conversations.importing.reading import written, zipped
from tests.unit.features.conversations.services.files.importer import Importer, presets_in


def cherry_backup(folder: Path) -> Path:
    return written(folder, zipped({"data.json": test_cherry_studio.data()}), "cherry.zip")


def ollama_folder(folder: Path) -> Path:
    connection = sqlite3.connect(folder / "db.sqlite")
    connection.executescript(test_ollama.SCHEMA)
    connection.close()
    return folder


def lm_studio_folder(folder: Path) -> Path:
    return written(folder, test_lm_studio.CHAT, f"conversations/Work/{test_lm_studio.NAME}").parents[2]


SAMPLES: dict[Program, tuple[Callable[[Path], Path], list[tuple[str, str, list[str]]]]] = {
    Program.CHATBOX: (
        lambda folder: written(folder, test_chatbox.backup()),
        [("Dots", "", ["What is this?", "A dot."])],
    ),
    Program.CHERRY_STUDIO: (
        cherry_backup,
        [("Rhymes", "Poet", ["Look", "````python\nprint('```')\n````", "More"])],
    ),
    Program.LM_STUDIO: (lm_studio_folder, [("Greeting", "Work", ["Hello", "Hi"])]),
    Program.JAN: (
        lambda folder: test_jan.data_folder(folder, test_jan.QUESTION, test_jan.ANSWER),
        [("Greeting", "Work", ["Look", "A dot."])],
    ),
    Program.LOBECHAT: (
        lambda folder: written(folder, test_lobe_chat.EXPORT),
        [("Loose", "", ["Loose"]), ("Rhymes", "Poet", ["Rhyme", "Let me see.\n\nCat, hat.", "More", ""])],
    ),
    Program.OLLAMA: (ollama_folder, [("Greeting", "", ["Look", "A dot."])]),
    Program.CHATDESK: (
        lambda folder: archive(folder, {"Chats/a.json": test_own_files.exported(), "Chats/Work/b.txt": "x"}),
        [("Trees", "", ["Why?", "So."])],
    ),
    Program.CHATGPT: (
        lambda folder: archive(folder, test_chatgpt.FILES),
        [("Trees", "", ["What is this?", "A pixel."])],
    ),
    Program.DEEPSEEK: (
        lambda folder: archive(folder, {"conversations.json": test_deepseek.SAMPLE}),
        [("Trees", "", ["Why?", "So."])],
    ),
    Program.CLAUDE: (
        lambda folder: archive(folder, {"conversations.json": test_claude.SAMPLE, "users.json": []}),
        [("Trees", "P", ["Why?", "```\nx\n```\n\nSo."])],
    ),
    Program.OPEN_WEBUI: (
        lambda folder: json_file(folder, test_open_webui.SAMPLE),
        [("Greeting", "", ["Hello", "Hi"]), ("x", "", ["x", "So."])],
    ),
    Program.LIBRECHAT: (
        lambda folder: json_file(folder, test_librechat.SAMPLE[1]),
        [("Trees", "", ["Why?", "So."])],
    ),
    Program.OPENAI_MESSAGES: (
        lambda folder: json_file(folder, {"messages": test_openai_messages.MESSAGES}, "talk.json"),
        [("talk", "", ["Why?", "So."])],
    ),
    Program.MARKDOWN: (
        lambda folder: archive(folder, {"talk.md": "## You\nWhy?\n## ChatGPT\nSo.", "readme.md": "# Readme"}),
        [("talk", "", ["Why?", "So."])],
    ),
    Program.SILLY_TAVERN: (
        lambda folder: test_silly_tavern.chat_file(
            folder, test_silly_tavern.HEADER, test_silly_tavern.GREETING, test_silly_tavern.ANSWER
        ),
        [("Mia - 2024-1-1", "Mia", ["Welcome", "Hey, edited"])],
    ),
}


async def imported(harness: Harness) -> list[tuple[str, str, list[str]]]:
    """Return the title and the folder of each chat, and the texts of what it shows."""
    folders = {folder.id: folder.name for folder in harness.folders.all()}
    return sorted(
        [
            (chat.title, folders.get(chat.folder_id or "", ""), [each.text for each in await harness.path(chat.id)])
            for chat in harness.conversations.all()
        ]
    )


@pytest.mark.parametrize("program", SAMPLES)
async def test_chats_keep_their_titles_folders_and_what_they_show_and_are_found_again(
    harness: Harness, importer: Importer, program: Program
) -> None:
    write, expected = SAMPLES[program]
    folder = importer.folder / "sample"
    folder.mkdir()
    path = write(folder)
    preview = await importer.imports.preview([path])
    assert [source.program for source in preview.sources] == [program]
    assert preview.refused == ()
    result = await importer.imports.add(preview, [each.summary.id for each in preview.chats])
    assert len(result.added) == len(expected)
    assert await imported(harness) == expected
    again = await importer.imports.preview([path])
    assert {each.state for each in again.chats} == {ChatState.HERE}


@pytest.mark.parametrize("place", ["", "Data"])
async def test_the_data_folder_of_cherry_studio_offers_its_assistants_once(importer: Importer, place: str) -> None:
    folder = importer.folder / "CherryStudio"
    (folder / place).mkdir(parents=True)
    test_cherry_database.database(importer.folder).rename(folder / place / "cherrystudio.sqlite")
    assert (await importer.imports.preview([folder])).chats
    presets = await presets_in(preset_files([folder]))
    assert [offer.candidate.preset.name for offer in presets.offers] == ["Poet"]


def test_the_database_of_cherry_studio_is_not_looked_for_behind_links(tmp_path: Path) -> None:
    database = test_cherry_database.database(tmp_path)
    (tmp_path / "one").mkdir()
    (tmp_path / "two" / "real").mkdir(parents=True)
    (tmp_path / "one" / "cherrystudio.sqlite").symlink_to(database)
    database.rename(tmp_path / "two" / "real" / "cherrystudio.sqlite")
    (tmp_path / "two" / "Data").symlink_to("real", target_is_directory=True)
    assert preset_files([tmp_path / "one", tmp_path / "two"]) == []


async def test_a_database_of_cherry_studio_is_imported_with_its_branches(harness: Harness, importer: Importer) -> None:
    preview = await importer.imports.preview([test_cherry_database.database(importer.folder)])
    await importer.imports.add(preview, [each.summary.id for each in preview.chats])
    chat = next(each for each in harness.conversations.all() if each.title == "Rhymes")
    assert chat.pinned
    assert chat.instructions == "You rhyme.\n\nOn cats."
    assert [each.text for each in await harness.path(chat.id)] == ["Look", "Hi"]
    assert len(await harness.chat.messages(chat.id)) == 4


async def test_pictures_come_with_their_messages(harness: Harness, importer: Importer) -> None:
    preview = await importer.imports.preview([written(importer.folder, test_chatbox.backup())])
    result = await importer.imports.add(preview, [each.summary.id for each in preview.chats])
    assert (result.pictures, result.documents) == (1, 1)
    (chat,) = harness.conversations.all()
    question, _ = await harness.path(chat.id)
    assert [(document.name, bool(document.text_sha256)) for document in question.documents] == [("notes.txt", True)]
    assert [bool(picture.sha256) for picture in question.pictures] == [True, False]


async def test_a_picture_that_cannot_be_read_is_missing_and_counted(harness: Harness, importer: Importer) -> None:
    picture = {"content_type": "image_asset_pointer", "asset_pointer": "file-service://file-Big1"}
    content = {"content_type": "multimodal_text", "parts": [picture, "Look"]}
    chat = test_chatgpt.conversation(test_chatgpt.node("q", None, "user", content))
    bomb = b"\x89PNG\r\n\x1a\n" + bytes(8_000_000)
    preview = await importer.imports.preview(
        [archive(importer.folder, {"conversations.json": [chat], "file-Big1-a.png": bomb})]
    )
    result = await importer.imports.add(preview, [each.summary.id for each in preview.chats])
    assert (result.pictures, result.lost) == (0, {Loss.PICTURE: ("Trees",)})
    (question,) = await harness.path(result.added[0])
    assert [each.problem for each in question.pictures] == [PictureProblem.MISSING]


async def test_pictures_and_documents_of_an_archive_are_stored(harness: Harness, importer: Importer) -> None:
    preview = await importer.imports.preview([archive(importer.folder, test_chatgpt.FILES)])
    assert [(each.summary.pictures, each.summary.documents) for each in preview.chats] == [(3, 1)]
    result = await importer.imports.add(preview, [each.summary.id for each in preview.chats])
    assert (result.pictures, result.documents) == (3, 1)
    (chat,) = harness.conversations.all()
    question, answer = await harness.path(chat.id)
    assert [bool(picture.sha256) for picture in (*question.pictures, *answer.pictures)] == [True] * 3
    assert [document.name for document in question.documents] == ["notes.pdf"]
