"""The card of newer versions, in the section About."""

import asyncio

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

import chatdesk
from chatdesk.features.updates.domain.updates import NewestVersion, ReleasePlace, UpdateProblem
from chatdesk.features.updates.ui.updates_card import UpdatesCard
from chatdesk.kernel.settings.declarations import CHECK_UPDATES, UPDATES_ASKED
from tests.fakes.scripted_updates import PLACE, ScriptedUpdates
from tests.gui.features.settings.settings_desk import SettingsDesk, is_shown, part


def card_of(desk: SettingsDesk) -> UpdatesCard:
    return desk.page.findChild(UpdatesCard)


def words(desk: SettingsDesk) -> str:
    return part(card_of(desk), QLabel, "updatesFound").text()


async def test_nothing_is_asked_until_a_person_says_so(desk: SettingsDesk) -> None:
    desk.page.show_section("about")
    assert desk.updates.asked == 0
    assert not desk.settings.get(CHECK_UPDATES)
    assert words(desk) == "Not checked yet."
    assert not is_shown(card_of(desk), "openReleases")


async def test_a_newer_version_leads_to_the_page_of_releases_and_nowhere_else(desk: SettingsDesk) -> None:
    desk.updates.answer = NewestVersion("99.0", is_newer=True)
    desk.press(card_of(desk), "askForUpdates")
    await desk.settle()
    assert words(desk) == f"Version 99.0 is available. You have {chatdesk.__version__}."
    desk.press(card_of(desk), "openReleases")
    assert desk.opened == [PLACE.page]


async def test_it_says_that_this_is_the_newest(desk: SettingsDesk) -> None:
    desk.press(card_of(desk), "askForUpdates")
    await desk.settle()
    assert words(desk) == "You have the latest version."
    assert not is_shown(card_of(desk), "openReleases")


@pytest.mark.parametrize("problem", UpdateProblem)
async def test_every_problem_has_a_sentence(problem: UpdateProblem, desk: SettingsDesk) -> None:
    desk.updates.answer = problem
    desk.press(card_of(desk), "askForUpdates")
    await desk.settle()
    assert words(desk).endswith((".", "?"))
    assert not is_shown(card_of(desk), "openReleases")
    assert part(card_of(desk), QAbstractButton, "askForUpdates").isEnabled()


async def test_while_it_asks_it_says_so_and_asks_once(desk: SettingsDesk) -> None:
    desk.updates.held = asyncio.Event()
    button = part(card_of(desk), QAbstractButton, "askForUpdates")
    button.click()
    await asyncio.sleep(0)
    assert words(desk) == "Checking for updates…"
    assert not button.isEnabled()
    desk.updates.held.set()
    await desk.settle()
    assert desk.updates.asked == 1


async def test_switching_it_on_asks_at_once_and_off_asks_nothing(desk: SettingsDesk) -> None:
    switch = part(card_of(desk), QAbstractButton, CHECK_UPDATES.key)
    switch.click()
    await desk.settle()
    assert desk.settings.get(CHECK_UPDATES)
    switch.click()
    await desk.settle()
    assert desk.updates.asked == 1


async def test_when_it_was_asked_last_is_told(desk: SettingsDesk) -> None:
    desk.settings.set(UPDATES_ASKED, "2026-11-27T10:00:00+00:00")
    card_of(desk)._show()
    assert words(desk).startswith("Last checked ")


async def test_a_copy_without_an_address_says_so(desk: SettingsDesk, appearance) -> None:
    updates = ScriptedUpdates(ReleasePlace("", ""))
    card = UpdatesCard(appearance, desk.settings, updates, desk.tasks, desk.open)
    assert "no update address" in part(card, QLabel, "updatesFound").text()
    assert not is_shown(card, "askForUpdates")
    assert not is_shown(card, CHECK_UPDATES.key)
    card.deleteLater()
