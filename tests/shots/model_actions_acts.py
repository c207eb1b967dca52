"""Dialogs of models: a copy, a variant, a file that is being sent, and one that was refused; downloads beside the chats."""

from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from chatdesk.features.models.services.model_management import CreationProgress, CreationStage, FreedSpace
from chatdesk.features.models.ui.management.model_actions import ModelActions
from chatdesk.features.models.ui.management.new_model_sheet import NewModelSheet
from chatdesk.kernel.errors.hub_errors import HubBusy, HubGated, HubUnreachable
from chatdesk.kernel.errors.model_errors import ModelFileRefused, PullDiskShort, PullNameMistyped
from chatdesk.kernel.models.hubs import DownloadFile, HubKind, HubRepository, ModelDownload
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.pulls import Pull, PullPhase, PullProgress, PullState
from chatdesk.ui_kit.errors.error_texts import describe_error, sentence_and_consequence
from tests.shots.get_more_acts import open_guide
from tests.shots.window_driver import WindowDriver
from tests.unit.features.models import machines

GIGABYTE = 10**9


async def _actions(driver: WindowDriver) -> tuple[ModelActions, Model]:
    await driver.until(lambda: driver.program.servers.models.was_asked)
    window = driver.window
    model_actions = ModelActions(window._appearance, driver.program.models, window._tasks, window)
    model = next(each for each in driver.program.servers.models.all() if each.ref.server_id == "ollama")
    return model_actions, model


def _dialog(driver: WindowDriver) -> NewModelSheet:
    return driver.window.findChildren(NewModelSheet)[-1]


def _part(place: QWidget, kind: type, name: str) -> QWidget:
    found = place.findChild(kind, name)
    assert found is not None, name
    return found


async def copy(driver: WindowDriver) -> None:
    """Ask for the name of a copy, and write one that is none."""
    model_actions, model = await _actions(driver)
    model_actions.copy(model)
    _part(_dialog(driver), QLineEdit, "newModelName").setText("my copy")
    await driver.settle()


async def variant(driver: WindowDriver) -> None:
    """Fill in the form of a variant."""
    model_actions, model = await _actions(driver)
    model_actions.create_variant(model)
    words = (
        "Answer briefly. Ask back where something is not clear."
        if driver.language == "en"
        else "回答简短；不清楚时先提问。"
    )
    _part(_dialog(driver), QPlainTextEdit, "newModelSystem").setPlainText(words)
    _part(_dialog(driver), QLineEdit, "parameter.temperature").setText("0.4")
    await driver.settle()


async def send_file(driver: WindowDriver) -> None:
    """Watch a file being sent."""
    model_actions, _ = await _actions(driver)
    model_actions.create_from_file_dialog("ollama", Path("DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf"))
    dialog = _dialog(driver)
    dialog._show_working(working=True)
    dialog.show_progress(CreationProgress(CreationStage.SENDING, 0.62))
    await driver.settle()


async def refuse_file(driver: WindowDriver) -> None:
    """See that a file is no model."""
    model_actions, _ = await _actions(driver)
    model_actions.create_from_file_dialog("ollama", Path("letter.gguf"))
    error = ModelFileRefused("Ollama", "", "letter.gguf", "unexpected EOF")
    _dialog(driver).show_failure(sentence_and_consequence(describe_error(error)))
    await driver.settle()


async def keep(driver: WindowDriver) -> None:
    """Delete a model, and see the toast."""
    model_actions, model = await _actions(driver)
    model_actions.notified.connect(driver.window.notices.show_with_details)
    model_actions._delete(model, FreedSpace(model.size_bytes or 0))
    await driver.settle()


async def downloads_beside_chats(driver: WindowDriver) -> None:
    """See in the sidebar how far a download is, and that one is ready."""
    await driver.until(lambda: driver.program.servers.models.was_asked)
    pulls = driver.program.models.library.downloads
    ref = ModelRef("ollama", "deepseek-r1:7b")
    half = PullProgress(PullPhase.LOADING, 3_239_733_150, 5_225_376_047)
    pulls._set(Pull(ModelRef("ollama", "deepseek-r1:8b"), 0, PullState.RUNNING, half, 38_000_000, 53))
    pulls._set(Pull(ref, 0, PullState.RUNNING))
    pulls._set(Pull(ref, 0, PullState.DONE))
    await driver.settle()


async def troubles(driver: WindowDriver) -> None:
    """Names nobody knows, a disk that is too small, a broken connection."""
    await open_guide(machines.RTX_4070)(driver)
    pulls = driver.program.models.library.downloads
    quarter = PullProgress(PullPhase.LOADING, 2 * GIGABYTE, 8 * GIGABYTE)
    mistyped, short = "deepsek-r1:7b", "hf.co/unsloth/Qwen3-32B-GGUF:Q4_K_M"
    for pull in (
        Pull(
            ModelRef("ollama", mistyped),
            0,
            PullState.FAILED,
            error=PullNameMistyped("Ollama", "", mistyped, "deepseek-r1:7b, deepseek-r1:70b"),
        ),
        Pull(
            ModelRef("ollama", short),
            0,
            PullState.FAILED,
            quarter,
            error=PullDiskShort("Ollama", "", short, 17.8, 9.2),
        ),
        Pull(ModelRef("ollama", "qwen3:14b"), 0, PullState.RETRYING, quarter, tries=2, waits=5.0),
    ):
        pulls._set(pull)
    field = _part(driver.window, QLineEdit, "modelName")
    field.setText("two words")
    _part(driver.window, QAbstractButton, "getNamedModel").click()
    await driver.settle()


async def ask_to_delete(driver: WindowDriver) -> None:
    """Want a large model deleted."""
    model_actions, model = await _actions(driver)
    model_actions.delete(model)
    await driver.until(lambda: driver.window.findChild(QWidget, "deleteModel") is not None)
    await driver.settle()


async def ask_to_delete_shared(driver: WindowDriver) -> None:
    """Want one deleted whose weights a copy and a variant keep."""
    model_actions, model = await _actions(driver)
    management = driver.program.models.library.management
    await management.copy(model.ref, "a copy")
    await management.create_from_model(model.ref, "tutor", "Ask back.", {}, lambda _progress: None)
    model_actions.delete(model)
    await driver.until(lambda: driver.window.findChild(QWidget, "deleteModel") is not None)
    await driver.settle()


async def hub_troubles(driver: WindowDriver) -> None:
    """A model that needs an account, a hub that does not answer, and one that asks to wait."""
    await open_guide(machines.RTX_4070)(driver)
    hub = ("huggingface.co", "https://huggingface.co")
    quarter = PullProgress(PullPhase.LOADING, 2 * GIGABYTE, 8 * GIGABYTE)
    errors = {
        "Gemma-2-2B-it-Q4_K_M": HubGated(*hub, "google/gemma-2-2b-it-GGUF", page="https://huggingface.co/google"),
        "Qwen3-8B-Q4_K_M": HubUnreachable(*hub, "timed out"),
        "Llama-3.2-3B-Q4_K_M": HubBusy(*hub, "", 56.0),
    }
    for name, error in errors.items():
        file = DownloadFile(f"{name}.gguf", 8 * GIGABYTE, "a" * 64)
        download = ModelDownload(name, (file,), (HubRepository(HubKind.HUGGING_FACE, f"acme/{name}"),))
        pull = Pull(ModelRef("built-in", name), 0, PullState.FAILED, quarter, error=error, download=download)
        driver.program.models.library.downloads._set(pull)
    await driver.settle()
