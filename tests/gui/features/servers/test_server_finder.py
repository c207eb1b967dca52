"""A person types an address, is told what is there, and has it with one press."""

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
from tests.gui.features.settings.settings_desk import (
    OLLAMA,
    SettingsDesk,
    all_texts,
    is_shown,
    part,
    section,
    show,
    type_into,
)

ONLY_IF_NEEDED = "Only if the server requires one."
LM_STUDIO = Recognised("lm-studio", "http://192.168.1.20:1234/v1", model_count=3)


def finder(desk: SettingsDesk) -> FinderCard | None:
    cards = [card for card in desk.page.findChildren(FinderCard) if not card.isHidden()]
    return cards[0] if cards else None


def open_finder(desk: SettingsDesk) -> FinderCard:
    desk.press(section(desk), "addServer")
    card = finder(desk)
    assert card is not None
    return card


async def look(desk: SettingsDesk, address: str = "192.168.1.20") -> FinderCard:
    card = open_finder(desk)
    type_into(card, "findAddress", address)
    desk.press(card, "find")
    await desk.settle()
    return card


def said(card: QWidget, place: int = 0) -> str:
    return part(card, Notice, f"found{place}").text()


async def take(desk: SettingsDesk, card: FinderCard, place: int = 0) -> None:
    part(card, Notice, f"found{place}").acted.emit()
    await desk.settle()


async def test_what_is_found_is_told_and_saved_with_one_press(desk: SettingsDesk) -> None:
    desk.network.found = (LM_STUDIO,)
    card = await look(desk, " 192.168.1.20 ")
    assert desk.network.looked_at == ["192.168.1.20"]
    assert said(card) == "LM Studio · 192.168.1.20:1234/v1 · 3 models"
    assert len(desk.servers.all()) == 2
    await take(desk, card)
    server = desk.servers.all()[-1]
    assert (server.name, server.vendor_id, server.base_url) == ("LM Studio", "lm-studio", "http://192.168.1.20:1234/v1")
    assert finder(desk) is None
    assert "LM Studio" in desk.names()
    assert ServersFile(desk.file._file._path).read()[0][-1].vendor_id == "lm-studio"


async def test_several_servers_of_a_machine_can_all_be_added(desk: SettingsDesk) -> None:
    desk.network.found = (
        Recognised("ollama", OLLAMA, "0.34.0", 4),
        LM_STUDIO,
        Recognised("custom", "http://192.168.1.20:8000/v1"),
    )
    card = await look(desk)
    assert said(card, 0) == "Ollama · 127.0.0.1:11434 · version 0.34.0 · 4 models"
    await take(desk, card, 1)
    assert finder(desk) is card
    assert part(card, Notice, "found1")._button.text() == "Show"
    await take(desk, card, 2)
    assert finder(desk) is None
    assert [server.name for server in desk.servers.all()] == [
        "Ollama",
        "Built-in engine",
        "LM Studio",
        "192.168.1.20:8000",
    ]


async def test_a_server_that_is_there_already_is_shown_and_not_added_twice(desk: SettingsDesk) -> None:
    desk.network.found = (Recognised("ollama", OLLAMA, "0.34.0", 4),)
    card = await look(desk, "localhost")
    assert part(card, Notice, "found0")._button.text() == "Show"
    await take(desk, card)
    assert len(desk.servers.all()) == 2
    assert finder(desk) is None


async def test_a_second_server_of_a_kind_is_told_apart_by_its_place(desk: SettingsDesk) -> None:
    desk.network.found = (Recognised("ollama", "http://192.168.1.20:11434", "0.34.0", 1),)
    await take(desk, await look(desk))
    assert desk.servers.all()[-1].name == "Ollama (192.168.1.20:11434)"


@pytest.mark.parametrize(
    ("found", "words"),
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
async def test_one_that_needs_a_key_is_asked_for_it_first(desk: SettingsDesk, found: Recognised, words: str) -> None:
    desk.network.found = (found,)
    show(desk)
    card = await look(desk, "somewhere")
    assert said(card) == words
    await take(desk, card)
    assert finder(desk) is None
    assert len(desk.servers.all()) == 2
    form = desk.card("OpenAI" if found.vendor_id == "openai" else "192.168.1.20:8000")
    assert part(form, QLineEdit, "serverAddress").text() == found.base_url
    assert is_shown(form, "saveServer")


async def test_the_form_of_one_that_refused_asks_for_the_key_and_calls_it_nothing_else(desk: SettingsDesk) -> None:
    desk.network.found = (Recognised("custom", "http://127.0.0.1:8000/v1", needs_key=True),)
    show(desk)
    await take(desk, await look(desk, "127.0.0.1:8000"))
    form = desk.card("127.0.0.1:8000")
    assert part(form, QLineEdit, "serverKey").hasFocus()
    assert ONLY_IF_NEEDED not in all_texts(form)
    type_into(form, "serverAddress", "http://127.0.0.1:9000/v1")  # what is there nobody has asked
    assert ONLY_IF_NEEDED in all_texts(form)


async def test_a_server_that_refuses_an_open_question_needs_its_key_from_then_on(desk: SettingsDesk) -> None:
    address = "http://127.0.0.1:8000/v1"
    desk.network.found = (Recognised("custom", address),)
    desk.network.answers[address] = (ServerStatus(None, None, 4.0), ("qwen3",))
    await take(desk, await look(desk, "127.0.0.1:8000"))
    assert ONLY_IF_NEEDED in all_texts(desk.card("127.0.0.1:8000"))
    desk.network.keys[address] = "sk-right"
    await desk.models.refresh()
    assert ONLY_IF_NEEDED not in all_texts(desk.card("127.0.0.1:8000"))


async def test_an_address_of_azure_brings_its_deployment_along(desk: SettingsDesk) -> None:
    desk.network.found = (
        Recognised(
            "azure",
            "https://lab.openai.azure.com",
            needs_key=True,
            model_ids=("gpt",),
            api_version="2024-10-21",
            was_asked=False,
        ),
    )
    await take(desk, await look(desk, "https://lab.openai.azure.com/openai/deployments/gpt"))
    card = desk.card("Azure OpenAI")
    type_into(card, "serverKey", "k-0123456789")
    desk.press(card, "saveServer")
    await desk.settle()
    server = desk.servers.all()[-1]
    assert (server.model_ids, server.api_version) == (("gpt",), "2024-10-21")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            ServerUnreachable("192.168.1.20", "http://192.168.1.20", "refused"),
            "192.168.1.20 does not respond at http://192.168.1.20. Start the server, or check the address.",
        ),
        (
            NotAChatServer("192.168.1.20", "http://192.168.1.20", "http://192.168.1.20/", 200),
            (
                "The server at http://192.168.1.20/ is not a chat API. If it is a chat server, choose its type from the list."
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
async def test_why_nothing_was_found_is_told_and_what_was_typed_stays(
    desk: SettingsDesk, error: Exception, words: str
) -> None:
    desk.network.found = error
    card = await look(desk)
    assert part(card, Notice, "findFailure").text() == words
    assert part(card, QLineEdit, "findAddress").text() == "192.168.1.20"
    assert is_shown(card, "chooseByHand")
    desk.network.found = (LM_STUDIO,)
    desk.press(card, "find")
    await desk.settle()
    assert not is_shown(card, "findFailure")
    assert said(card).startswith("LM Studio")


async def test_what_is_no_address_is_told_at_the_field(desk: SettingsDesk) -> None:
    desk.network.found = AddressInvalid(address="ftp://lab", problem="scheme")
    card = await look(desk, "ftp://lab")
    assert (
        part(card, QLineEdit, "findAddress").accessibleDescription().startswith("Not a valid server address: ftp://lab")
    )


async def test_asking_can_be_stopped(desk: SettingsDesk) -> None:
    desk.network.hold = asyncio.Event()
    card = open_finder(desk)
    type_into(card, "findAddress", "192.168.1.20")
    desk.press(card, "find")
    await asyncio.sleep(0)
    assert not part(card, QWidget, "find").isEnabled()
    desk.press(card, "stopFinding")
    await desk.settle()
    assert desk.network.cancelled == 1
    assert part(card, QWidget, "find").isEnabled()
    assert part(card, QLineEdit, "findAddress").text() == "192.168.1.20"


async def test_giving_up_ends_the_question_and_takes_the_card_away(desk: SettingsDesk) -> None:
    desk.network.hold = asyncio.Event()
    card = open_finder(desk)
    type_into(card, "findAddress", "192.168.1.20")
    desk.press(card, "find")
    await asyncio.sleep(0)
    desk.press(card, "cancelFinding")
    await desk.settle()
    assert desk.network.cancelled == 1
    assert finder(desk) is None
    assert open_finder(desk) is not card


async def test_the_whole_way_can_be_gone_with_the_keyboard(desk: SettingsDesk) -> None:
    show(desk)
    desk.network.found = (LM_STUDIO,)
    card = open_finder(desk)
    field = part(card, QLineEdit, "findAddress")
    assert field.hasFocus()
    QTest.keyClicks(field, "192.168.1.20")
    QTest.keyClick(field, Qt.Key.Key_Return)
    await desk.settle()
    button = part(card, Notice, "found0")._button
    assert button.hasFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    await desk.settle()
    assert desk.servers.all()[-1].vendor_id == "lm-studio"


async def test_nothing_can_be_asked_of_nothing(desk: SettingsDesk) -> None:
    card = open_finder(desk)
    assert not part(card, QWidget, "find").isEnabled()
    type_into(card, "findAddress", "   ")
    assert not part(card, QWidget, "find").isEnabled()


async def test_one_can_choose_from_the_list_instead(desk: SettingsDesk) -> None:
    open_finder(desk)
    section(desk).begin(desk.servers.vendors["groq"])
    assert finder(desk) is None
    assert desk.names()[-1] == "Groq"
