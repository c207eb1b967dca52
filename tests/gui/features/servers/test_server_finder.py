"""A person types an address, sees what is there, and has it with one press."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from chatdesk.features.servers.ui.cards.finder_presenter import FinderCard
from chatdesk.kernel.errors.base import AddressInvalid, CertificateRefused, NotAChatServer, ServerUnreachable
from chatdesk.kernel.servers.recognized import Recognised
from chatdesk.kernel.servers.server import ServerStatus
from chatdesk.storage.files.servers_file import ServersFile
from chatdesk.ui_kit.forms.notice import Notice
from tests.gui.features.settings.settings_harness import (
    OLLAMA,
    PageBesideField,
    SettingsHarness,
    all_texts,
    is_shown,
    part,
    section,
    show,
    shown,
    type_into,
)

ONLY_IF_NEEDED = "Only if the server requires one."
LM_STUDIO = Recognised("lm-studio", "http://192.168.1.20:1234/v1", model_count=3)


def finder(harness: SettingsHarness) -> FinderCard | None:
    cards = [card for card in harness.providers.findChildren(FinderCard) if not card.isHidden()]
    return cards[0] if cards else None


def open_finder(harness: SettingsHarness) -> FinderCard:
    section(harness).view.ask_for_address()
    card = finder(harness)
    assert card is not None
    return card


async def look(harness: SettingsHarness, address: str = "192.168.1.20") -> FinderCard:
    card = open_finder(harness)
    type_into(card, "findAddress", address)
    harness.press(card, "find")
    await harness.settle()
    return card


def said(card: QWidget, place: int = 0) -> str:
    return part(card, Notice, f"found{place}").text()


async def take(harness: SettingsHarness, card: FinderCard, place: int = 0) -> None:
    part(card, Notice, f"found{place}").acted.emit()
    await harness.settle()


async def test_what_is_found_is_reported_and_saved_with_one_press(harness: SettingsHarness) -> None:
    harness.network.found = (LM_STUDIO,)
    card = await look(harness, " 192.168.1.20 ")
    assert harness.network.looked_at == ["192.168.1.20"]
    assert said(card) == "LM Studio · 192.168.1.20:1234/v1 · 3 models"
    assert len(harness.servers.all()) == 2
    await take(harness, card)
    server = harness.servers.all()[-1]
    assert (server.name, server.vendor_id, server.base_url) == ("LM Studio", "lm-studio", "http://192.168.1.20:1234/v1")
    assert finder(harness) is None
    assert "LM Studio" in harness.names()
    assert ServersFile(harness.file._file._path).read()[0][-1].vendor_id == "lm-studio"


async def test_several_servers_of_a_machine_can_all_be_added(harness: SettingsHarness) -> None:
    harness.network.found = (
        Recognised("ollama", OLLAMA, "0.34.0", 4),
        LM_STUDIO,
        Recognised("custom", "http://192.168.1.20:8000/v1"),
    )
    card = await look(harness)
    assert said(card, 0) == "Ollama · 127.0.0.1:11434 · version 0.34.0 · 4 models"
    await take(harness, card, 1)
    assert finder(harness) is card
    assert part(card, Notice, "found1")._button.text() == "Show"
    await take(harness, card, 2)
    assert finder(harness) is None
    assert [server.name for server in harness.servers.all()] == [
        "Ollama",
        "Built-in engine",
        "LM Studio",
        "192.168.1.20:8000",
    ]


async def test_a_server_that_is_there_already_is_shown_and_not_added_twice(harness: SettingsHarness) -> None:
    harness.network.found = (Recognised("ollama", OLLAMA, "0.34.0", 4),)
    card = await look(harness, "localhost")
    assert part(card, Notice, "found0")._button.text() == "Show"
    await take(harness, card)
    assert len(harness.servers.all()) == 2
    assert finder(harness) is None


async def test_a_second_server_of_a_kind_is_distinguished_by_its_place(harness: SettingsHarness) -> None:
    harness.network.found = (Recognised("ollama", "http://192.168.1.20:11434", "0.34.0", 1),)
    await take(harness, await look(harness))
    assert harness.servers.all()[-1].name == "Ollama (192.168.1.20:11434)"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            Recognised("openai", "https://api.openai.com/v1", needs_key=True, was_asked=False),
            "OpenAI · api.openai.com/v1 · API key required",
        ),
        (
            Recognised("custom", "http://192.168.1.20:8000/v1", needs_key=True),
            "OpenAI-compatible · 192.168.1.20:8000/v1 · API key required",
        ),
    ],
)
async def test_one_that_needs_a_key_is_asked_for_it_first(
    harness: SettingsHarness, found: Recognised, expected: str
) -> None:
    harness.network.found = (found,)
    show(harness)
    card = await look(harness, "somewhere")
    assert said(card) == expected
    await take(harness, card)
    assert finder(harness) is None
    assert len(harness.servers.all()) == 2
    form = shown(harness)
    assert form.name == ("OpenAI" if found.vendor_id == "openai" else "192.168.1.20:8000")
    assert part(form, QLineEdit, "serverAddress").text() == found.base_url
    assert is_shown(form, "saveServer")


async def test_the_form_of_one_that_refused_asks_for_the_key_and_calls_it_nothing_else(
    harness: SettingsHarness,
) -> None:
    harness.network.found = (Recognised("custom", "http://127.0.0.1:8000/v1", needs_key=True),)
    show(harness)
    await take(harness, await look(harness, "127.0.0.1:8000"))
    form = shown(harness)
    assert part(form, QLineEdit, "serverKey").hasFocus()
    assert ONLY_IF_NEEDED not in all_texts(form)
    type_into(form, "serverAddress", "http://127.0.0.1:9000/v1")  # what is there nobody has asked
    assert ONLY_IF_NEEDED in all_texts(form)


async def test_a_server_that_refuses_an_open_question_needs_its_key_from_then_on(harness: SettingsHarness) -> None:
    address = "http://127.0.0.1:8000/v1"
    harness.network.found = (Recognised("custom", address),)
    harness.network.answers[address] = (ServerStatus(None, None, 4.0), ("qwen3",))
    await take(harness, await look(harness, "127.0.0.1:8000"))
    assert ONLY_IF_NEEDED in all_texts(harness.card("127.0.0.1:8000"))
    harness.network.keys[address] = "sk-right"
    await harness.models.refresh()
    assert ONLY_IF_NEEDED not in all_texts(harness.card("127.0.0.1:8000"))


async def test_an_address_of_azure_brings_its_deployment_along(harness: SettingsHarness) -> None:
    harness.network.found = (
        Recognised(
            "azure",
            "https://lab.openai.azure.com",
            needs_key=True,
            model_ids=("gpt",),
            api_version="2024-10-21",
            was_asked=False,
        ),
    )
    await take(harness, await look(harness, "https://lab.openai.azure.com/openai/deployments/gpt"))
    card = harness.card("Azure OpenAI")
    type_into(card, "serverKey", "k-0123456789")
    harness.press(card, "saveServer")
    await harness.settle()
    server = harness.servers.all()[-1]
    assert (server.model_ids, server.api_version) == (("gpt",), "2024-10-21")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (
            ServerUnreachable("192.168.1.20", "http://192.168.1.20", "refused"),
            "192.168.1.20 does not respond at http://192.168.1.20. Start the server, or check the address.",
        ),
        (
            NotAChatServer("192.168.1.20", "http://192.168.1.20", "http://192.168.1.20/", 200),
            (
                "The server at http://192.168.1.20/ is not a chat API. If it is a chat server, choose its type under More."
            ),
        ),
        (
            CertificateRefused("nas", "https://nas", "self-signed certificate"),
            (
                "Nothing was sent to nas: its certificate is not trusted. The address may be wrong, or someone may be "
                "intercepting the connection."
            ),
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
async def test_why_nothing_was_found_is_reported_and_what_was_typed_stays(
    harness: SettingsHarness, error: Exception, expected: str
) -> None:
    harness.network.found = error
    card = await look(harness)
    assert part(card, Notice, "findFailure").text() == expected
    assert part(card, QLineEdit, "findAddress").text() == "192.168.1.20"
    harness.network.found = (LM_STUDIO,)
    harness.press(card, "find")
    await harness.settle()
    assert not is_shown(card, "findFailure")
    assert said(card).startswith("LM Studio")


async def test_what_is_no_address_is_reported_at_the_field(harness: SettingsHarness) -> None:
    harness.network.found = AddressInvalid(address="ftp://lab", problem="scheme")
    card = await look(harness, "ftp://lab")
    assert (
        part(card, QLineEdit, "findAddress").accessibleDescription().startswith("Not a valid server address: ftp://lab")
    )


async def test_asking_can_be_stopped(harness: SettingsHarness) -> None:
    harness.network.hold = asyncio.Event()
    card = open_finder(harness)
    type_into(card, "findAddress", "192.168.1.20")
    harness.press(card, "find")
    await asyncio.sleep(0)
    assert not part(card, QWidget, "find").isEnabled()
    harness.press(card, "stopFinding")
    await harness.settle()
    assert harness.network.cancelled == 1
    assert part(card, QWidget, "find").isEnabled()
    assert part(card, QLineEdit, "findAddress").text() == "192.168.1.20"


async def test_giving_up_ends_the_question_and_takes_the_card_away(harness: SettingsHarness) -> None:
    harness.network.hold = asyncio.Event()
    card = open_finder(harness)
    type_into(card, "findAddress", "192.168.1.20")
    harness.press(card, "find")
    await asyncio.sleep(0)
    harness.press(card, "cancelFinding")
    await harness.settle()
    assert harness.network.cancelled == 1
    assert finder(harness) is None
    assert open_finder(harness) is not card


async def test_the_whole_way_can_be_gone_with_the_keyboard(harness: SettingsHarness) -> None:
    show(harness)
    harness.network.found = (LM_STUDIO,)
    harness.network.answers[LM_STUDIO.base_url] = (ServerStatus(None, None, 4.0), ("qwen3",))
    card = open_finder(harness)
    field = part(card, QLineEdit, "findAddress")
    assert field.hasFocus()
    QTest.keyClicks(field, "192.168.1.20")
    QTest.keyClick(field, Qt.Key.Key_Return)
    await harness.settle()
    button = part(card, Notice, "found0")._button
    assert button.hasFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    await harness.settle()
    assert harness.servers.all()[-1].vendor_id == "lm-studio"
    use = part(shown(harness), QWidget, "useServer")
    assert use.hasFocus()
    QTest.keyClick(use, Qt.Key.Key_Space)
    await harness.settle()
    assert [model.model_id for model in harness.used] == ["qwen3"]


async def test_nothing_can_be_asked_of_nothing(harness: SettingsHarness) -> None:
    card = open_finder(harness)
    assert not part(card, QWidget, "find").isEnabled()
    type_into(card, "findAddress", "   ")
    assert not part(card, QWidget, "find").isEnabled()


async def test_one_can_choose_from_the_list_instead(harness: SettingsHarness) -> None:
    open_finder(harness)
    section(harness).view.begin(harness.servers.vendors["groq"])
    assert finder(harness) is None


@pytest.mark.parametrize("found", [(LM_STUDIO,), NotAChatServer("lab", "http://lab", "http://lab/", 200)])
async def test_an_answer_after_the_page_was_left_does_not_take_the_keyboard(
    harness: SettingsHarness, found: tuple[Recognised, ...] | NotAChatServer
) -> None:
    page = PageBesideField(harness)
    harness.network.hold, harness.network.found = asyncio.Event(), found
    card = open_finder(harness)
    type_into(card, "findAddress", "192.168.1.20")
    harness.press(card, "find")
    await asyncio.sleep(0)
    page.leave(harness)
    harness.network.hold.set()
    await harness.settle()
    assert page.window.focusWidget() is page.field
    page.close(harness)


async def test_a_server_that_is_saved_after_the_page_was_left_does_not_take_the_keyboard(
    harness: SettingsHarness,
) -> None:
    page = PageBesideField(harness)
    harness.network.found = (LM_STUDIO,)
    harness.network.answers[LM_STUDIO.base_url] = (ServerStatus(None, None, 4.0), ("qwen3",))
    card = await look(harness)
    part(card, Notice, "found0").acted.emit()
    page.leave(harness)
    await harness.settle()
    assert harness.servers.all()[-1].vendor_id == "lm-studio"
    assert finder(harness) is None
    assert page.window.focusWidget() is page.field
    page.close(harness)


async def test_a_server_that_is_saved_while_the_user_looks_at_another_one_leaves_that_in_view(
    harness: SettingsHarness,
) -> None:
    show(harness)
    harness.network.found = (LM_STUDIO,)
    card = await look(harness)
    part(card, Notice, "found0").acted.emit()
    other = harness.servers.all()[0]
    section(harness).view.show_card(other.id)
    await harness.settle()
    assert harness.servers.all()[-1].vendor_id == "lm-studio"
    assert shown(harness).name == other.name
