"""A test of a server that fails, and what is offered then."""

import asyncio
from collections.abc import Callable
from typing import Literal

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from shiboken6 import isValid

from chatdesk.features.servers.domain.finding import Cause, Remedy, RemedyKind, bad
from chatdesk.features.servers.services.server_secrets import SecretLocation
from chatdesk.features.servers.ui.cards.result_strip import ResultStrip
from chatdesk.features.servers.ui.form.key_row import KeyField
from chatdesk.kernel.servers.server import ServerConfig, ServerStatus
from chatdesk.ui_kit.widgets.button import Button
from tests.gui.features.settings.settings_harness import (
    DEEPSEEK,
    KEY,
    SettingsHarness,
    add_deepseek,
    all_texts,
    begin,
    is_shown,
    part,
    result,
    show,
    type_into,
)
from tests.own_time import TIMEOUT


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


async def test_a_server_that_is_removed_while_it_is_tested_ends_the_test(harness: SettingsHarness) -> None:
    card = await add_deepseek(harness)
    harness.network.hold = asyncio.Event()
    harness.press(card, "testServer")
    await until(lambda: harness.network.tested)
    await remove_deepseek(harness)
    await harness.settle()
    assert harness.network.cancelled == 1
    assert harness.errors == []


async def test_a_server_that_is_removed_while_it_is_saved_stays_removed(
    harness: SettingsHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await add_deepseek(harness)
    server = harness.servers.all()[-1]
    goes_on = slow_keyring(harness, monkeypatch)
    card.findChild(KeyField).replace()
    type_into(card, "serverKey", "sk-second")
    type_into(card, "serverAddress", f"{DEEPSEEK}/v2")
    harness.press(card, "saveServer")
    await until(goes_on.is_waited_for)
    await remove_deepseek(harness)
    goes_on.set()
    await harness.settle()
    assert harness.errors == []
    assert harness.servers.find(server.id) is None


async def test_a_new_server_is_saved_although_another_one_of_its_vendor_was_begun(
    harness: SettingsHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = slow_keyring(harness, monkeypatch)
    card = begin(harness, "deepseek")
    type_into(card, "serverKey", KEY)
    harness.press(card, "saveServer")
    await until(goes_on.is_waited_for)
    other = begin(harness, "deepseek")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(card)
    goes_on.set()
    await harness.settle()
    assert harness.errors == []
    assert [each.name for each in harness.servers.all()[2:]] == ["DeepSeek"]
    assert is_shown(other, "serverKey")


class Waiting(asyncio.Event):
    """An event that knows whether somebody waits for it."""

    waited = False

    async def wait(self) -> Literal[True]:
        self.waited = True
        return await super().wait()

    def is_waited_for(self) -> bool:
        return self.waited


def slow_keyring(harness: SettingsHarness, monkeypatch: pytest.MonkeyPatch) -> Waiting:
    """Let a key be stored only when the returned event is set."""
    goes_on, set_key = Waiting(), harness.servers.set_key

    async def slow(server: ServerConfig, text: str) -> SecretLocation:
        await goes_on.wait()
        return await set_key(server, text)

    monkeypatch.setattr(harness.servers, "set_key", slow)
    return goes_on


async def remove_deepseek(harness: SettingsHarness) -> None:
    """Remove the server, and wait until its card is deleted."""
    card = harness.card("DeepSeek")
    harness.press(card, "removeServer")
    await until(card.isHidden)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(card)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(TIMEOUT):
        while not condition():
            await asyncio.sleep(0.005)
