"""A test of a server that fails, and what is offered then."""

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from chatdesk.features.servers.domain.finding import Cause, Remedy, RemedyKind, bad
from chatdesk.features.servers.ui.cards.result_strip import ResultStrip
from chatdesk.kernel.servers.server import ServerStatus
from chatdesk.ui_kit.widgets.button import Button
from tests.gui.features.settings.settings_harness import (
    SettingsHarness,
    all_texts,
    begin,
    is_shown,
    part,
    result,
    show,
    type_into,
)


async def test_a_test_names_a_wrong_scheme_and_goes_on_with_the_right_one_at_a_press(harness: SettingsHarness) -> None:
    wrong, right = "https://127.0.0.1:1234/v1", "http://127.0.0.1:1234/v1"
    harness.better[wrong] = bad(Cause.SPEAKS_PLAIN, Remedy(RemedyKind.USE_ADDRESS, right), address=right)
    harness.network.answers[right] = (ServerStatus(None, None, 4.0), ("qwen3",))
    show(harness)
    card = begin(harness, "lm-studio")
    type_into(card, "serverAddress", wrong)
    part(card, Button, "testServer").setFocus()
    harness.press(card, "testServer")
    await harness.settle()
    assert result(card) == "The address uses https, but the server is not encrypted."
    assert "LM Studio does not respond at https://127.0.0.1:1234/v1." in str(all_texts(card))
    assert part(card, Button, "useAddress").text() == f"Use {right}"
    part(card, Button, "useAddress").setFocus()
    QTest.keyClick(part(card, Button, "useAddress"), Qt.Key.Key_Space)
    await harness.settle()
    assert part(card, QLineEdit, "serverAddress").text() == right
    assert result(card).startswith("OK: ")
    assert not is_shown(card, "useAddress")
    assert part(card, Button, "useServer").hasFocus()


async def test_what_is_found_out_about_an_address_is_not_said_of_one_typed_meanwhile(harness: SettingsHarness) -> None:
    wrong, right = "https://127.0.0.1:1234/v1", "http://127.0.0.1:1234/v1"
    harness.better[wrong] = bad(Cause.SPEAKS_PLAIN, Remedy(RemedyKind.USE_ADDRESS, right), address=right)
    card = begin(harness, "lm-studio")
    type_into(card, "serverAddress", wrong)
    harness.press(card, "testServer")
    while not result(card):
        await asyncio.sleep(0)
    type_into(card, "serverAddress", "https://127.0.0.1:4321/v1")
    await harness.settle()
    assert not card.findChild(ResultStrip).has_result
