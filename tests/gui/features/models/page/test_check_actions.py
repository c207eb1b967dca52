"""What the page of models offers beside its own: speed for models that chat, the doctor for servers that can be examined."""

from dataclasses import replace

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from chatdesk.features.models.domain.model_list import ModelEntry, entry_of
from chatdesk.features.models.ui.page.actions import CheckActions
from chatdesk.features.servers.services.models import ServerState
from chatdesk.kernel.errors.base import ServerUnreachable
from chatdesk.kernel.models.model import Capability, Model, ModelRef
from chatdesk.kernel.models.model_preference import ModelPreference
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol

REF = ModelRef("ollama", "qwen3:8b")
OLLAMA = ServerConfig("ollama", "Ollama", "ollama", ServerProtocol.OLLAMA, "http://127.0.0.1:11434")


def entry(model: Model) -> ModelEntry:
    return entry_of(model, "Ollama", 0, ModelPreference())


def test_a_model_that_chats_can_be_measured(qtbot: QtBot) -> None:
    parent = QObject()
    checks = CheckActions(parent)
    (speed,) = checks.for_model(entry(Model(REF, "qwen3:8b")))
    with qtbot.waitSignal(checks.speed_requested) as asked:
        speed.act()
    assert asked.args == [REF]
    embedding = Model(REF, "nomic", capabilities=frozenset({Capability.EMBEDDING}))
    assert list(checks.for_model(entry(embedding))) == []


def test_a_server_can_be_examined_and_the_built_in_engine_not(qtbot: QtBot) -> None:
    parent = QObject()
    checks = CheckActions(parent)
    (calm,) = checks.for_server(ServerState(OLLAMA))
    (alarmed,) = checks.for_server(ServerState(OLLAMA, error=ServerUnreachable("Ollama")))
    assert (calm.label, alarmed.label) == ("Test the connection and find the problem", "Troubleshoot")
    with qtbot.waitSignal(checks.doctor_requested) as asked:
        alarmed.act()
    assert asked.args == ["ollama"]
    assert list(checks.for_server(ServerState(replace(OLLAMA, protocol=ServerProtocol.BUILT_IN)))) == []
