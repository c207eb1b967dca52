"""The settings of model sources: addresses, the token, and when each source was last contacted."""

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.models.services.hubs import Hubs
from chatdesk.features.models.ui.sources.sources_section import SourcesSection
from chatdesk.features.servers.services.server_secrets import SecretLocation
from chatdesk.kernel.models.hubs import HubKind, HubRepository
from chatdesk.kernel.settings.declarations import HUB_HUGGING_FACE, HUB_MODELSCOPE, HUB_PREFERRED
from chatdesk.kernel.settings.store import Settings
from chatdesk.system.key_store import KeyStore
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.translations import Translations
from tests.fakes.hubs_over import hubs_over
from tests.fakes.keyrings import NoKeyring
from tests.fakes.scripted_hub import HubRepo, ScriptedHub

NAME = "unsloth/Tiny-GGUF"
TOKEN = "hf_CANARY0123456789"


class Person:
    """The section, and who sits in front of it. `opened` are the web pages."""

    def __init__(self, appearance: Appearance, hubs: Hubs, settings: Settings) -> None:
        self.hubs = hubs
        self.settings = settings
        self.opened: list[str] = []
        self.failed: list[Exception] = []
        self.tasks = Tasks(self.failed.append)
        self.section = SourcesSection(appearance, hubs, settings, self.tasks, self.opened.append)

    def part(self, name: str) -> QWidget:
        found = self.section.findChild(QWidget, name)
        assert found is not None, name
        return found

    def field(self, name: str) -> QLineEdit:
        found = self.part(name)
        assert isinstance(found, QLineEdit)
        return found

    async def press(self, name: str) -> None:
        button = self.part(name)
        assert button.isVisible(), name
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        await self.tasks.finish()

    async def type(self, name: str, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
        field = self.field(name)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, key)
        await self.tasks.finish()

    def says(self, text: str) -> bool:
        return any(text in label.text() for label in self.section.findChildren(QLabel) if label.isVisible())


@pytest.fixture
async def hub() -> AsyncIterator[ScriptedHub]:
    async with ScriptedHub(HubRepo(NAME, {"Tiny-Q4_K_M.gguf": b"GGUF" + bytes(100)})).opened() as opened:
        yield opened


@pytest.fixture
async def keyring() -> KeyStore | None:
    """The keyring of the system; None for one that works."""
    return None


@pytest.fixture
async def person(
    appearance: Appearance, qtbot: QtBot, translations: Translations, hub: ScriptedHub, keyring: KeyStore | None
) -> AsyncIterator[Person]:
    translations.use("en")
    async with hubs_over(hub, keyring) as (hubs, settings):
        for kind in HubKind:
            hubs.set_address(kind, "")
        person = Person(appearance, hubs, settings)
        qtbot.addWidget(person.section)
        person.section.resize(900, 900)
        person.section.show()
        person.section.activateWindow()
        assert QTest.qWaitForWindowActive(person.section)
        await person.tasks.finish()
        yield person
        await person.tasks.finish()
        assert not person.failed


async def test_opening_the_section_contacts_no_source(person: Person, hub: ScriptedHub) -> None:
    assert person.says("huggingface.co · Not contacted yet")
    assert person.says("modelscope.cn · Not contacted yet")
    assert person.says("registry.ollama.ai · Not contacted yet")
    assert not hub.hub.requests


async def test_a_mirror_is_entered_and_reset(person: Person) -> None:
    assert not person.part("resetHubAddress").isVisible()
    await person.type(HUB_HUGGING_FACE.key, "hf-mirror.com")
    assert person.field(HUB_HUGGING_FACE.key).text() == "https://hf-mirror.com"
    assert person.hubs.address(HubKind.HUGGING_FACE) == "https://hf-mirror.com"
    assert person.says("hf-mirror.com · Not contacted yet")
    await person.press("resetHubAddress")
    assert person.field(HUB_HUGGING_FACE.key).text() == "https://huggingface.co"
    assert person.hubs.is_official(HubKind.HUGGING_FACE)


async def test_an_address_without_encryption_is_refused_where_it_was_typed(person: Person) -> None:
    await person.type(HUB_HUGGING_FACE.key, "http://hf-mirror.com")
    assert person.says("Enter an address that begins with https://")
    assert person.hubs.is_official(HubKind.HUGGING_FACE)
    await person.type(HUB_HUGGING_FACE.key, "https://hf-mirror.com")
    assert not person.says("Enter an address")


async def test_the_site_of_modelscope_and_the_preferred_source_are_chosen(person: Person) -> None:
    sites = person.part(HUB_MODELSCOPE.key).findChildren(QAbstractButton)
    QTest.mouseClick(sites[1], Qt.MouseButton.LeftButton)
    assert person.hubs.host(HubKind.MODELSCOPE) == "www.modelscope.ai"
    assert person.says("www.modelscope.ai · Not contacted yet")
    person.part(HUB_PREFERRED.key).setFocus()
    QTest.keyClick(person.part(HUB_PREFERRED.key), Qt.Key.Key_End)
    assert person.hubs.preferred("en") is HubKind.MODELSCOPE


async def test_a_token_is_added_replaced_and_removed_and_never_shown(person: Person) -> None:
    assert person.says("Only for models whose page asks for an account.")
    await person.press("enterToken")
    assert person.field("token").hasFocus()
    assert person.field("token").echoMode() is QLineEdit.EchoMode.Password
    await person.type("token", TOKEN)
    assert not person.field("token").isVisible()
    assert person.field("token").text() == ""
    assert person.says("Saved in the system keyring.")
    assert not person.says(TOKEN)
    assert await person.hubs.token_location() is SecretLocation.KEYRING
    await person.press("enterToken")
    await person.type("token", "hf_other", Qt.Key.Key_Tab)
    await person.press("saveToken")
    await person.press("removeToken")
    assert await person.hubs.token_location() is None
    assert person.part("enterToken").hasFocus()


async def test_what_is_no_token_is_refused_in_the_field(person: Person) -> None:
    await person.press("enterToken")
    await person.type("token", "hf_ with a space")
    assert person.says("This is not a token.")
    assert person.field("token").isVisible()
    assert await person.hubs.token_location() is None


@pytest.mark.parametrize("by_key", [True, False])
async def test_entering_a_token_can_be_given_up(person: Person, by_key: bool) -> None:
    await person.press("enterToken")
    if by_key:
        await person.type("token", TOKEN, Qt.Key.Key_Escape)
    else:
        await person.press("cancelToken")
    assert not person.field("token").isVisible()
    assert person.field("token").text() == ""
    assert person.part("enterToken").hasFocus()
    assert await person.hubs.token_location() is None


async def test_a_token_that_a_mirror_does_not_receive_is_said_to_be_unused(person: Person) -> None:
    await person.press("enterToken")
    await person.type("token", TOKEN)
    await person.type(HUB_HUGGING_FACE.key, "hf-mirror.com")
    assert person.says("Saved, but not used: hf-mirror.com is a mirror")


@pytest.mark.parametrize("keyring", [NoKeyring()])
async def test_without_a_keyring_a_token_lasts_until_the_end_of_the_program(person: Person) -> None:
    await person.press("enterToken")
    await person.type("token", TOKEN)
    assert person.says("Kept until you quit Chatdesk")


async def test_the_page_where_tokens_are_created_is_one_click_away(person: Person) -> None:
    await person.press("createToken")
    assert person.opened == ["https://huggingface.co/settings/tokens"]


async def test_a_request_is_shown_with_its_time(person: Person, hub: ScriptedHub) -> None:
    person.hubs.set_address(HubKind.HUGGING_FACE, hub.url)
    await person.hubs.ask(
        HubKind.HUGGING_FACE, lambda client: client.list_files(HubRepository(HubKind.HUGGING_FACE, NAME))
    )
    await hub.hub.until(lambda: person.hubs.asked_at(HubKind.HUGGING_FACE))
    assert person.says("127.0.0.1 · Last contacted 11/29/26")


async def test_an_address_of_modelscope_from_the_settings_file_is_kept(person: Person) -> None:
    person.settings.set(HUB_MODELSCOPE, "https://modelscope.example")
    sites = person.part(HUB_MODELSCOPE.key).findChildren(QAbstractButton)
    assert len(sites) == 3
    assert sites[2].isChecked()


async def test_a_screen_reader_gets_what_each_button_is_about(person: Person) -> None:
    assert person.part("enterToken").accessibleName() == "Token for Hugging Face: Add token"
    await person.press("enterToken")
    await person.type("token", TOKEN)
    assert person.part("enterToken").accessibleName() == "Token for Hugging Face: Replace"
    assert person.part("removeToken").accessibleName() == "Token for Hugging Face: Remove"


async def test_tab_goes_through_the_entry_of_a_token_in_the_order_of_the_screen(person: Person) -> None:
    await person.press("enterToken")
    QTest.keyClicks(person.field("token"), TOKEN)
    for name in ("cancelToken", "saveToken"):
        QTest.keyClick(person.section.focusWidget(), Qt.Key.Key_Tab)
        assert person.part(name).hasFocus()
