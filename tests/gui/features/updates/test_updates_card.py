"""The card of newer versions, in the section About."""

import asyncio

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

import chatdesk
from chatdesk.features.updates.domain.updates import NewestVersion, ReleaseSource, UpdateProblem
from chatdesk.features.updates.ui.updates_card import UpdatesCard
from chatdesk.kernel.settings.declarations import CHECK_UPDATES, UPDATES_ASKED
from tests.fakes.scripted_updates import PLACE, ScriptedUpdates
from tests.gui.features.settings.settings_harness import SettingsHarness, is_shown, part


def card_of(harness: SettingsHarness) -> UpdatesCard:
    return harness.page.findChild(UpdatesCard)


def text_of(harness: SettingsHarness) -> str:
    return part(card_of(harness), QLabel, "updatesFound").text()


async def test_nothing_is_asked_until_a_person_says_so(harness: SettingsHarness) -> None:
    harness.page.show_section("about")
    assert harness.updates.asked == 0
    assert not harness.settings.get(CHECK_UPDATES)
    assert text_of(harness) == "Not checked yet."
    assert not is_shown(card_of(harness), "openReleases")


async def test_a_newer_version_leads_to_the_page_of_releases_and_nowhere_else(harness: SettingsHarness) -> None:
    harness.updates.answer = NewestVersion("99.0", is_newer=True)
    harness.press(card_of(harness), "askForUpdates")
    await harness.settle()
    assert text_of(harness) == f"Version 99.0 is available. You have {chatdesk.__version__}."
    harness.press(card_of(harness), "openReleases")
    assert harness.opened == [PLACE.page]


async def test_it_says_that_this_is_the_newest(harness: SettingsHarness) -> None:
    harness.press(card_of(harness), "askForUpdates")
    await harness.settle()
    assert text_of(harness) == "You have the latest version."
    assert not is_shown(card_of(harness), "openReleases")


@pytest.mark.parametrize("problem", UpdateProblem)
async def test_every_problem_has_a_sentence(problem: UpdateProblem, harness: SettingsHarness) -> None:
    harness.updates.answer = problem
    harness.press(card_of(harness), "askForUpdates")
    await harness.settle()
    assert text_of(harness).endswith((".", "?"))
    assert not is_shown(card_of(harness), "openReleases")
    assert part(card_of(harness), QAbstractButton, "askForUpdates").isEnabled()


async def test_while_it_asks_it_says_so_and_asks_once(harness: SettingsHarness) -> None:
    harness.updates.held = asyncio.Event()
    button = part(card_of(harness), QAbstractButton, "askForUpdates")
    button.click()
    await asyncio.sleep(0)
    assert text_of(harness) == "Checking for updates…"
    assert not button.isEnabled()
    harness.updates.held.set()
    await harness.settle()
    assert harness.updates.asked == 1


async def test_switching_it_on_asks_at_once_and_off_asks_nothing(harness: SettingsHarness) -> None:
    switch = part(card_of(harness), QAbstractButton, CHECK_UPDATES.key)
    switch.click()
    await harness.settle()
    assert harness.settings.get(CHECK_UPDATES)
    switch.click()
    await harness.settle()
    assert harness.updates.asked == 1


async def test_when_it_was_asked_last_is_reported(harness: SettingsHarness) -> None:
    harness.settings.set(UPDATES_ASKED, "2026-11-27T10:00:00+00:00")
    card_of(harness)._show()
    assert text_of(harness).startswith("Last checked ")


async def test_a_copy_without_an_address_says_so(harness: SettingsHarness, appearance) -> None:
    updates = ScriptedUpdates(ReleaseSource("", ""))
    card = UpdatesCard(appearance, harness.settings, updates, harness.tasks, harness.open)
    assert "no update address" in part(card, QLabel, "updatesFound").text()
    assert not is_shown(card, "askForUpdates")
    assert not is_shown(card, CHECK_UPDATES.key)
    card.deleteLater()
