"""Dialogs of models: a copy, a variant, a file that is being sent, and one that was refused; downloads beside the chats."""

from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from chatdesk.features.models.services.model_management import CreationProgress, CreationStage, Freed
from chatdesk.features.models.ui.management.model_actions import ModelDeeds
from chatdesk.features.models.ui.management.new_model_dialog import NewModelDialog
from chatdesk.kernel.errors.model_errors import ModelFileRefused, PullDiskShort, PullNameMistyped
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.pulls import Pull, PullPhase, PullProgress, PullState
from chatdesk.ui_kit.errors.errors import describe_error, in_one_piece
from tests.shots.guide_acts import open_guide
from tests.shots.stage import Stage
from tests.unit.features.models import machines

GIGABYTE = 10**9


async def _deeds(stage: Stage) -> tuple[ModelDeeds, Model]:
    await stage.until(lambda: stage.program.models.was_asked)
    window = stage.window
    deeds = ModelDeeds(window._appearance, stage.program, window._tasks, window)
    model = next(each for each in stage.program.models.all() if each.ref.server_id == "ollama")
    return deeds, model


def _dialog(stage: Stage) -> NewModelDialog:
    return stage.window.findChildren(NewModelDialog)[-1]


def _part(place: QWidget, kind: type, name: str) -> QWidget:
    found = place.findChild(kind, name)
    assert found is not None, name
    return found


async def copy(stage: Stage) -> None:
    """Ask for the name of a copy, and write one that is none."""
    deeds, model = await _deeds(stage)
    deeds.copy(model)
    _part(_dialog(stage), QLineEdit, "newModelName").setText("my copy")
    await stage.settle()


async def variant(stage: Stage) -> None:
    """Fill in the form of a variant."""
    deeds, model = await _deeds(stage)
    deeds.make_variant(model)
    words = (
        "Answer briefly. Ask back where something is not clear."
        if stage.language == "en"
        else "回答简短；不清楚时先提问。"
    )
    _part(_dialog(stage), QPlainTextEdit, "newModelSystem").setPlainText(words)
    _part(_dialog(stage), QLineEdit, "parameter.temperature").setText("0.4")
    await stage.settle()


async def send_file(stage: Stage) -> None:
    """Watch a file being sent."""
    deeds, _ = await _deeds(stage)
    deeds.make_of_file("ollama", Path("DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf"))
    dialog = _dialog(stage)
    dialog._show_working(working=True)
    dialog.show_progress(CreationProgress(CreationStage.SENDING, 0.62))
    await stage.settle()


async def refuse_file(stage: Stage) -> None:
    """See that a file is no model."""
    deeds, _ = await _deeds(stage)
    deeds.make_of_file("ollama", Path("letter.gguf"))
    error = ModelFileRefused("Ollama", "", "letter.gguf", "unexpected EOF")
    _dialog(stage).show_failure(in_one_piece(describe_error(error)))
    await stage.settle()


async def keep(stage: Stage) -> None:
    """Delete a model, and be told."""
    deeds, model = await _deeds(stage)
    deeds.told.connect(stage.window.notices.tell_more)
    deeds._delete(model, Freed(model.size_bytes or 0))
    await stage.settle()


async def downloads_beside_chats(stage: Stage) -> None:
    """See in the sidebar how far a download is, and that one is ready."""
    await stage.until(lambda: stage.program.models.was_asked)
    pulls = stage.program.model_library.downloads
    ref = ModelRef("ollama", "deepseek-r1:7b")
    half = PullProgress(PullPhase.LOADING, 3_239_733_150, 5_225_376_047)
    pulls._set(Pull(ModelRef("ollama", "deepseek-r1:8b"), 0, PullState.RUNNING, half, 38_000_000, 53))
    pulls._set(Pull(ref, 0, PullState.RUNNING))
    pulls._set(Pull(ref, 0, PullState.DONE))
    await stage.settle()


async def troubles(stage: Stage) -> None:
    """Names nobody knows, a disk that is too small, a broken connection."""
    await open_guide(machines.RTX_4070)(stage)
    pulls = stage.program.model_library.downloads
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
    field = _part(stage.window, QLineEdit, "modelName")
    field.setText("two words")
    _part(stage.window, QAbstractButton, "getNamedModel").click()
    await stage.settle()


async def ask_to_delete(stage: Stage) -> None:
    """Want a large model deleted."""
    deeds, model = await _deeds(stage)
    deeds.delete(model)
    await stage.until(lambda: stage.window.findChild(QWidget, "deleteModel") is not None)
    await stage.settle()


async def ask_to_delete_shared(stage: Stage) -> None:
    """Want one deleted whose weights a copy and a variant keep."""
    deeds, model = await _deeds(stage)
    management = stage.program.model_library.management
    await management.copy(model.ref, "a copy")
    await management.create_from_model(model.ref, "tutor", "Ask back.", {}, lambda _progress: None)
    deeds.delete(model)
    await stage.until(lambda: stage.window.findChild(QWidget, "deleteModel") is not None)
    await stage.settle()
