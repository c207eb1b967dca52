"""What a failed download from a hub offers: the page of the model, the model sources, another try."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from chatdesk.features.models.ui.downloads.pull_rows import PullRows, ShownPull
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.errors.hub_errors import HubConsentMissing, HubFileChanged, HubGated, HubUnreachable
from chatdesk.kernel.errors.model_errors import PullDiskFull
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import Pull, PullState
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translations

HUB = ("huggingface.co", "https://huggingface.co")
PAGE = "https://huggingface.co/meta-llama/Llama-GGUF"
GATED = HubGated(*HUB, "meta-llama/Llama-GGUF", page=PAGE)


@pytest.fixture
def rows(qtbot: QtBot, appearance: Appearance, translations: Translations) -> PullRows:
    translations.use("en")
    rows = PullRows(appearance)
    qtbot.addWidget(rows)
    rows.resize(480, 200)
    rows.show()
    return rows


def fail(rows: PullRows, error: ChatdeskError | None) -> list[str]:
    """Show a download that ended with an error; return the buttons that are offered."""
    state = PullState.FAILED if error else PullState.RUNNING
    rows.show_pulls([ShownPull(Pull(ModelRef("built-in", "Llama-3B-Q4_K_M"), 5, state, error=error), can_get=True)])
    return [button.text() for button in rows.findChildren(QAbstractButton) if button.isVisible() and button.text()]


def press(rows: PullRows, name: str) -> None:
    QTest.mouseClick(rows.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("error", [GATED, HubConsentMissing(*HUB, "meta-llama/Llama-GGUF", page=PAGE)])
def test_a_model_that_needs_consent_leads_to_its_page(rows: PullRows, error: ChatdeskError) -> None:
    pages: list[str] = []
    rows.page_requested.connect(pages.append)
    assert "Open its page" in fail(rows, error)
    press(rows, "signInForModel")
    assert pages == [PAGE]


@pytest.mark.parametrize("error", [GATED, HubUnreachable(*HUB, "timed out"), HubFileChanged(*HUB, path="M.gguf")])
def test_a_problem_of_a_source_leads_to_the_sources(rows: PullRows, error: ChatdeskError) -> None:
    asked: list[bool] = []
    rows.sources_requested.connect(lambda: asked.append(True))
    assert {"Model sources", "Try again"} <= set(fail(rows, error))
    press(rows, "sourcesForModel")
    assert asked == [True]


def test_other_problems_and_running_downloads_offer_neither(rows: PullRows) -> None:
    fail(rows, GATED)
    for error in (PullDiskFull("Ollama"), None):
        assert not {"Model sources", "Open its page"} & set(fail(rows, error))
