"""The folder of quick questions."""

import pytest

from chatdesk.features.conversations.services.chat_folders import ChatFolders
from chatdesk.features.quick.services.quick_questions import QuickQuestions
from chatdesk.kernel.settings.declarations import QUICK_FOLDER
from chatdesk.kernel.settings.store import Settings
from tests.unit.features.conftest import Harness


@pytest.fixture
def folders(harness: Harness) -> ChatFolders:
    return harness.folders


@pytest.fixture
def settings() -> Settings:
    return Settings({}, lambda _values: None)


async def test_there_is_one_folder_made_with_the_first_question_folded(
    folders: ChatFolders, settings: Settings
) -> None:
    questions = QuickQuestions(folders, settings)
    assert questions.folder_name == ""
    first = await questions.folder("Quick questions")
    assert await questions.folder("快速提问") == first
    assert [(folder.name, folder.collapsed) for folder in folders.all()] == [("Quick questions", True)]
    assert await QuickQuestions(folders, settings).folder("x") == first


async def test_a_renamed_folder_is_still_the_one_and_a_deleted_one_is_made_again(
    harness: Harness, folders: ChatFolders, settings: Settings
) -> None:
    questions = QuickQuestions(folders, settings)
    first = await questions.folder("Quick questions")
    await folders.rename(first, "Mine")
    assert await questions.folder("Quick questions") == first
    assert questions.folder_name == "Mine"
    await harness.trash.trash_folder(first)
    assert questions.folder_name == ""
    second = await questions.folder("Quick questions")
    assert second != first
    assert settings.get(QUICK_FOLDER) == second


async def test_a_question_taken_among_the_chats_is_in_no_folder(
    harness: Harness, folders: ChatFolders, settings: Settings
) -> None:
    questions = QuickQuestions(folders, settings)
    chat = await harness.conversations.create(folder_id=await questions.folder("Quick questions"))
    await questions.move_to_chats(chat.id)
    assert harness.conversations.get(chat.id).folder_id is None


async def test_the_folder_that_another_computer_has_made_is_used(folders: ChatFolders, settings: Settings) -> None:
    settings.set(QUICK_FOLDER, "joined with another")
    theirs = await folders.create("Quick questions")
    assert await QuickQuestions(folders, settings).folder("Quick questions") == theirs.id
    assert settings.get(QUICK_FOLDER) == theirs.id
    assert folders.all() == (theirs,)
