"""Copying, making, loading and deleting models, as a person does it in menus and dialogs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget

from chatdesk.features.models.ui.management import model_actions as model_deeds
from chatdesk.features.models.ui.management.model_actions import DeletionSheet, ModelActions
from chatdesk.features.models.ui.management.new_model_sheet import NewModelSheet
from chatdesk.features.models.ui.page.here_tab import HereTab
from chatdesk.kernel.errors.base import ServerFailed
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.providers.ollama import management as ollama_management
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.window.harness import FakeModel, Harness

SCRIPTED = ModelRef("ollama", "scripted:1b")


@pytest.fixture
async def model_actions(harness: Harness) -> ModelActions:
    window = harness.window
    made = ModelActions(window._appearance, harness.program.models, window._tasks, window)
    made.notified.connect(window.notices.show_with_details)
    return made


def model(harness: Harness) -> Model:
    found = harness.program.servers.models.find(SCRIPTED)
    assert found is not None
    return found


def dialog(harness: Harness) -> NewModelSheet:
    (found,) = harness.window.findChildren(NewModelSheet)
    return found


def part(place: QWidget, kind: type, name: str) -> QWidget:
    found = place.findChild(kind, name)
    assert found is not None
    return found


def asked(fake_model: FakeModel, path: str) -> list[dict]:
    return [request.json() for request in fake_model.server.requests if request.path == path and request.body]


def listed(harness: Harness) -> list[str]:
    return [each.ref.model_id for each in harness.program.servers.models.all() if each.ref.server_id == "ollama"]


def write(edit: QLineEdit, text: str) -> None:
    edit.selectAll()
    QTest.keyClicks(edit, text)


async def test_a_model_is_copied_under_a_name(
    harness: Harness, model_actions: ModelActions, fake_model: FakeModel
) -> None:
    model_actions.copy(model(harness))
    name = part(dialog(harness), QLineEdit, "newModelName")
    assert name.text() == "scripted-copy"
    button = part(dialog(harness), QAbstractButton, "makeModel")
    write(name, "two words")
    assert not button.isEnabled()
    write(name, "scripted:1b")
    button.click()
    failure = part(dialog(harness), Notice, "newModelFailure")
    await harness.until(lambda: failure.isVisible() and "already" in failure.text())
    write(name, "mine")
    QTest.keyClick(name, Qt.Key.Key_Return)
    await harness.until(lambda: "mine is ready." in harness.toast())
    assert asked(fake_model, "/api/copy") == [{"source": "scripted:1b", "destination": "mine:latest"}]
    assert "mine:latest" in listed(harness)
    await harness.until(lambda: not harness.window.findChildren(NewModelSheet))


async def test_a_variant_has_instructions_and_settings(
    harness: Harness, model_actions: ModelActions, fake_model: FakeModel
) -> None:
    model_actions.create_variant(model(harness))
    shown = dialog(harness)
    write(part(shown, QLineEdit, "newModelName"), "tutor")
    part(shown, QPlainTextEdit, "newModelSystem").setPlainText("Ask back.")
    QTest.keyClicks(part(shown, QLineEdit, "parameter.temperature"), "0.4")
    QTest.keyClicks(part(shown, QLineEdit, "parameter.num_ctx"), "16384")
    QTest.keyClicks(part(shown, QLineEdit, "parameter.stop"), "END")
    part(shown, QAbstractButton, "makeModel").click()
    await harness.until(lambda: "tutor is ready." in harness.toast())
    (body,) = asked(fake_model, "/api/create")
    assert body["system"] == "Ask back."
    assert body["parameters"] == {"temperature": 0.4, "stop": ["END"], "num_ctx": 16384}


async def test_a_file_becomes_a_model(
    harness: Harness, model_actions: ModelActions, fake_model: FakeModel, tmp_path: Path
) -> None:
    file = tmp_path / "My Model Q4.gguf"
    file.write_bytes(b"GGUF" + bytes(100_000))
    model_actions.create_from_file_dialog("ollama", file)
    assert part(dialog(harness), QLineEdit, "newModelName").text() == "my-model-q4"
    part(dialog(harness), QAbstractButton, "makeModel").click()
    await harness.until(lambda: "my-model-q4 is ready." in harness.toast())
    assert "my-model-q4:latest" in listed(harness)


async def test_a_file_that_is_no_model_is_reported_and_another_try_is_possible(
    harness: Harness, model_actions: ModelActions, tmp_path: Path
) -> None:
    file = tmp_path / "letter.gguf"
    file.write_bytes(b"Dear Sir")
    model_actions.create_from_file_dialog("ollama", file)
    button = part(dialog(harness), QAbstractButton, "makeModel")
    button.click()
    failure = part(dialog(harness), Notice, "newModelFailure")
    await harness.until(
        lambda: failure.isVisible() and failure.text().startswith("Ollama cannot read the model file letter.gguf.")
    )
    assert button.isVisible()
    dialog(harness).cancel()
    await harness.until(lambda: not harness.window.findChildren(NewModelSheet))


def question(harness: Harness) -> DeletionSheet | None:
    return next((each for each in harness.window.findChildren(DeletionSheet) if each.isVisible()), None)


def asked_words(harness: Harness) -> list[str]:
    return [label.text() for label in question(harness).findChildren(Label) if label.text()]


async def ask(harness: Harness, model_actions: ModelActions, ref: ModelRef = SCRIPTED) -> list[str]:
    """Want a model deleted, and return what is asked then, with the buttons."""
    model_actions.delete(next(each for each in harness.program.servers.models.all() if each.ref == ref))
    await harness.until(lambda: question(harness))
    buttons = [
        each.text() for each in question(harness).findChildren(QAbstractButton) if each.isVisible() and each.text()
    ]
    return asked_words(harness) + buttons


async def delete(harness: Harness, model_actions: ModelActions) -> None:
    """Have the large model deleted by keyboard."""
    await ask(harness, model_actions)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


async def test_a_large_model_is_deleted_only_after_a_question_that_says_what_it_frees(
    harness: Harness, model_actions: ModelActions, fake_model: FakeModel
) -> None:
    assert await ask(harness, model_actions) == [
        "Delete scripted:1b?",
        "This frees 1.0 GB. To use the model again, you need to download or create it again.",
        "Cancel",
        "Delete (frees 1.0 GB)",
    ]
    QTest.keyClick(
        QApplication.focusWidget(), Qt.Key.Key_Delete
    )  # once more, as a hand does that did not see the question
    assert question(harness)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert question(harness) is None
    assert "scripted:1b" in listed(harness)
    assert harness.program.models.library.management.pending_deletions == ()


async def test_a_copy_and_a_variant_keep_the_weights_and_that_is_said(
    harness: Harness, model_actions: ModelActions, fake_model: FakeModel
) -> None:
    management = harness.program.models.library.management
    await management.copy(SCRIPTED, "same")
    await management.create_from_model(SCRIPTED, "tutor", "Ask back.", {}, lambda _progress: None)
    for ref, others in (
        (SCRIPTED, "same, tutor"),
        (ModelRef("ollama", "tutor:latest"), "scripted:1b, same"),
    ):
        texts = await ask(harness, model_actions, ref)
        assert texts[-1] == "Delete (frees 0 MB)"
        assert texts[1].startswith("This frees no disk space, because ")
        assert texts[1].endswith(f"{others} uses the same weights.")
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    await delete(harness, model_actions)
    management.delete(ModelRef("ollama", "same:latest"))
    texts = await ask(harness, model_actions, ModelRef("ollama", "tutor:latest"))
    assert texts[-1] == "Delete (frees 1.0 GB)"  # what else is about to go keeps nothing


async def test_where_the_server_does_not_tell_the_question_promises_no_more_than_is_known(
    harness: Harness, model_actions: ModelActions, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise ServerFailed

    await harness.program.models.library.management.create_from_model(
        SCRIPTED, "tutor", "Ask back.", {}, lambda _progress: None
    )
    monkeypatch.setattr(ollama_management, "weights", fail)
    assert (await ask(harness, model_actions))[1].startswith("This frees up to 1.0 GB.")


@pytest.mark.parametrize("how", ["another name", "a variant"])
async def test_a_small_model_whose_weights_stay_is_deleted_with_the_words_of_the_question(
    harness: Harness, model_actions: ModelActions, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    management = harness.program.models.library.management
    if how == "a variant":
        await management.create_from_model(SCRIPTED, "other", "Ask back.", {}, lambda _progress: None)
    else:
        await management.copy(SCRIPTED, "other")
    asked_before = (await ask(harness, model_actions))[1]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    monkeypatch.setattr(model_deeds, "CONFIRMATION_SIZE", 10**12)
    model_actions.delete(model(harness))
    assert harness.toast()[-1] == "Undo"  # at once, whatever else the server has to be asked
    await harness.until(lambda: harness.toast() == ["scripted:1b will be deleted.", asked_before, "Ctrl+Z", "Undo"])
    assert asked_before == "This frees no disk space, because other uses the same weights."
    harness.click_toast()
    assert "scripted:1b" in listed(harness)


async def test_a_large_model_whose_weights_stay_is_not_advised_to_free_its_size(
    harness: Harness, model_actions: ModelActions
) -> None:
    await harness.program.models.library.management.copy(SCRIPTED, "other")
    await delete(harness, model_actions)
    assert harness.toast()[:2] == [
        "scripted:1b will be deleted.",
        "This frees no disk space, because other uses the same weights.",
    ]


async def test_a_model_is_deleted_under_the_name_that_the_picker_shows(
    harness: Harness, model_actions: ModelActions
) -> None:
    harness.program.models.preferences.set_nickname(SCRIPTED, "Tiny")
    assert (await ask(harness, model_actions))[0] == "Delete Tiny?"
    assert question(harness).heading.toolTip() == "scripted:1b"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert harness.toast()[0] == "Tiny (1.0 GB) will be deleted."
    await harness.program.models.library.management.close()
    assert harness.toast() == ["Tiny is deleted."]


async def test_a_model_is_called_deleted_once_it_is(
    harness: Harness, model_actions: ModelActions, fake_model: FakeModel
) -> None:
    await delete(harness, model_actions)
    assert harness.toast() == ["scripted:1b (1.0 GB) will be deleted.", "Ctrl+Z", "Undo"]
    assert asked(fake_model, "/api/delete") == []
    await harness.program.models.library.management.close()
    assert asked(fake_model, "/api/delete") == [{"model": "scripted:1b"}]
    assert harness.toast() == ["scripted:1b is deleted."]


async def test_a_model_is_gone_at_once_and_back_with_undo(
    harness: Harness, model_actions: ModelActions, fake_model: FakeModel
) -> None:
    await delete(harness, model_actions)
    assert "scripted:1b" not in listed(harness)
    assert harness.toast() == ["scripted:1b (1.0 GB) will be deleted.", "Ctrl+Z", "Undo"]
    harness.click_toast()
    assert "scripted:1b" in listed(harness)
    assert asked(fake_model, "/api/delete") == []


async def test_a_model_that_is_downloaded_again_is_not_deleted(
    harness: Harness, model_actions: ModelActions, fake_model: FakeModel
) -> None:
    await delete(harness, model_actions)
    await harness.program.models.library.prepare()
    harness.program.models.library.downloads.start(SCRIPTED)
    assert "scripted:1b" in listed(harness)
    await harness.program.models.library.management.close()
    assert asked(fake_model, "/api/delete") == []


async def test_a_model_is_kept_in_memory_as_long_as_is_chosen(
    harness: Harness, model_actions: ModelActions, fake_model: FakeModel
) -> None:
    model_actions.choose_keep_alive(model(harness))
    menu: Callable[[], QMenu | None] = lambda: harness.window.findChild(QMenu, "keepModel")  # noqa: E731
    texts = [action.text() for action in menu().actions()]
    assert texts == ["5 minutes", "30 minutes", "2 hours", "24 hours", "Indefinitely"]
    menu().actions()[-1].trigger()
    menu().close()
    await harness.until(lambda: "scripted:1b is loaded." in harness.toast())
    assert asked(fake_model, "/api/chat")[-1]["keep_alive"] == -1
    model_actions.unload(model(harness))
    await harness.until(lambda: asked(fake_model, "/api/chat")[-1]["keep_alive"] == 0)


async def test_all_of_it_stands_in_the_menus_of_the_page_of_models(harness: Harness, fake_model: FakeModel) -> None:
    harness.click("modelsPage")
    await harness.until(lambda: harness.window.findChild(HereTab))
    page = harness.window.findChild(HereTab)
    assert page is not None
    view = page.models.list
    await harness.until(lambda: "scripted:1b" in [view.rows.data(index) for index in rows_of(page)])
    index = next(index for index in rows_of(page) if view.rows.data(index) == "scripted:1b")
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    part(page.model_pane, QAbstractButton, "modelMenu").click()
    shown = {action.objectName(): action for action in menu().actions()}
    assert {"load", "unload", "variant", "copy", "delete"} <= shown.keys()
    shown["delete"].trigger()
    menu().close()
    await harness.until(lambda: not QApplication.activePopupWidget())
    await harness.until(lambda: question(harness))
    harness.window.activateWindow()
    await harness.until(QApplication.focusWidget)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    await harness.until(lambda: "scripted:1b" not in [view.rows.data(index) for index in rows_of(page)])
    harness.click_toast()
    await harness.until(lambda: "scripted:1b" in [view.rows.data(index) for index in rows_of(page)])
    assert asked(fake_model, "/api/delete") == []


def rows_of(page: HereTab) -> list[QModelIndex]:
    rows = page.models.list.rows
    return [rows.index(number) for number in range(rows.rowCount())]


def menu() -> QMenu:
    return next(
        each for each in QApplication.topLevelWidgets() if each.objectName() == "modelActions" and each.isVisible()
    )
