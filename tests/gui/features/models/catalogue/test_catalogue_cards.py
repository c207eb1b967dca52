"""The cards of the catalogue: what they say, and how they are used with the mouse and with keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.models.domain.catalogue import Purpose
from chatdesk.features.models.ui.catalogue.card_texts import (
    duration_text,
    languages_text,
    words_text,
)
from chatdesk.kernel.models.hubs import HubKind
from chatdesk.kernel.models.memory_need import GIBIBYTE
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.pulls import Pull, PullPhase, PullProgress, PullState
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from tests.fakes.catalogue_harness import ENGINE
from tests.gui.features.models.catalogue.conftest import Shown, showing, until
from tests.unit.features.models import machines

R1 = "DeepSeek-R1 7B"
R1_REF = ModelRef(ENGINE.id, "DeepSeek-R1-Distill-Qwen-7B-Q4_K_M")
GIGABYTE = 10**9


def get_button(shown: Shown, name: str) -> Button:
    return shown.child(shown.card(name), Button, "getModel")


async def report_pull(shown: Shown, pull: Pull) -> None:
    """Let the list of downloads have a download in some state."""
    shown.harness.catalogue.pulls._set(pull)
    await until(lambda: not shown.view._update_timer.isActive())


def r1_pull(shown: Shown, state: PullState, done: float = 0.0) -> Pull:
    download = shown.harness.row_of("deepseek-r1-7b").model.download
    progress = PullProgress(PullPhase.LOADING, round(done * download.size), download.size)
    return Pull(R1_REF, download.size, state, progress, download=download)


def test_one_card_for_each_purpose_and_one_is_the_best(shown: Shown) -> None:
    assert [card.row.purpose for card in shown.visible_cards if card.row] == list(Purpose)
    assert [shown.words(card, "cardTag") for card in shown.visible_cards] == ["", "Best for this computer", "", "", ""]
    filled = [
        button for button in shown.view.findChildren(Button) if button.isVisible() and button.kind is ButtonKind.FILLED
    ]
    assert filled == [get_button(shown, R1)]


def test_a_card_says_what_it_costs_and_what_it_gives(shown: Shown) -> None:
    card = shown.card(R1)
    facts = "4.7 GB · 6 min · about 5 words/s · English, Chinese · MIT"
    assert shown.words(card, "cardFacts") == facts
    assert card.accessibleName() == (
        f"Reasoning, {R1}, Best for this computer, Thinks before it answers. A Qwen taught by DeepSeek-R1, {facts}"
    )
    assert shown.words(shown.view, "lineSpeed") == "Times at 100 Mbit/s"


def test_times_follow_the_measured_connection(shown: Shown) -> None:
    shown.harness.catalogue._speed = 5_000_000.0
    shown.view._show()
    assert "16 min" in shown.words(shown.card(R1), "cardFacts")
    assert shown.words(shown.view, "lineSpeed") == "Times at 5.0 MB/s, as measured last"


async def test_get_starts_the_download(shown: Shown) -> None:
    shown.click(shown.card(R1), "getModel")
    (pull,) = shown.harness.catalogue.pulls.all()
    assert (pull.ref, pull.expected) == (R1_REF, 4_683_073_504)


@pytest.mark.parametrize(
    ("state", "done", "expected", "button"),
    [
        (PullState.WAITING, 0.0, "Waiting", ""),
        (PullState.RUNNING, 0.629, "62%", ""),
        (PullState.PAUSED, 0.5, "", "Resume"),
        (PullState.FAILED, 0.5, "", "Try again"),
    ],
)
async def test_the_state_of_a_download_stands_in_place_of_get(
    shown: Shown, state: PullState, done: float, expected: str, button: str
) -> None:
    await report_pull(shown, r1_pull(shown, state, done))
    card = shown.card(R1)
    assert shown.words(card, "cardProgress") == expected
    get = get_button(shown, R1)
    assert (get.text() if get.isVisible() else "") == button


async def test_the_keyboard_focus_stays_on_the_card_when_get_disappears(shown: Shown) -> None:
    get_button(shown, R1).setFocus()
    await report_pull(shown, r1_pull(shown, PullState.RUNNING, 0.1))
    assert shown.window.focusWidget() is shown.card(R1)


def test_a_downloaded_model_can_be_used_for_a_chat(shown: Shown) -> None:
    found = Model(R1_REF, R1_REF.model_id, size_bytes=4_683_073_504)
    shown.harness.models.all = lambda: (found,)  # type: ignore[method-assign]
    shown.view._show()
    assert get_button(shown, R1).text() == "Chat"
    shown.click(shown.card(R1), "getModel")
    assert shown.chats == [R1_REF]


def test_a_click_on_the_card_unfolds_it_and_another_folds_it(shown: Shown) -> None:
    card = shown.card(R1)
    shown.qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=shown.child(card, QWidget, "cardName").pos())
    assert card.is_open
    shown.click(card, "unfoldCard")
    assert not card.is_open


def test_all_models_unfold_with_those_that_are_too_large(shown: Shown) -> None:
    foot = shown.child(shown.view, QAbstractButton, "allModels")
    assert foot.text() == "All 23, also the 6 that are too large here"
    shown.click(shown.view, "allModels")
    shown.qtbot.waitUntil(lambda: len(shown.visible_cards) == 23)
    assert shown.words(shown.card("DeepSeek-R1 32B"), "cardTag") == "Too large"
    assert not get_button(shown, "DeepSeek-R1 32B").isVisible()
    assert get_button(shown, "Gemma 4 E2B").isVisible()
    shown.click(shown.view, "allModels")
    assert len(shown.visible_cards) == 5


class TestKeys:
    def test_arrows_move_between_the_cards(self, shown: Shown) -> None:
        shown.view.focus_first()
        assert shown.window.focusWidget() is shown.visible_cards[0]
        for _ in range(5):
            shown.press(Qt.Key.Key_Down)
        assert shown.window.focusWidget() is shown.child(shown.view, QAbstractButton, "allModels")
        shown.visible_cards[1].setFocus()
        shown.press(Qt.Key.Key_Up)
        shown.press(Qt.Key.Key_Up)
        assert shown.window.focusWidget() is shown.visible_cards[0]

    @pytest.mark.parametrize(
        ("opens", "closes"),
        [
            (Qt.Key.Key_Return, Qt.Key.Key_Return),
            (Qt.Key.Key_Right, Qt.Key.Key_Left),
            (Qt.Key.Key_Enter, Qt.Key.Key_Escape),
        ],
    )
    def test_enter_and_arrows_unfold_and_fold(self, shown: Shown, opens: Qt.Key, closes: Qt.Key) -> None:
        card = shown.card(R1)
        card.setFocus()
        shown.press(opens)
        assert card.is_open
        shown.press(closes)
        assert not card.is_open

    def test_escape_in_a_choice_returns_to_the_card(self, shown: Shown) -> None:
        card = shown.card(R1)
        card.set_open(is_open=True)
        shown.child(card, QAbstractButton, "makersPage").setFocus()
        shown.press(Qt.Key.Key_Escape)
        assert not card.is_open
        assert shown.window.focusWidget() is card

    def test_tab_reaches_get_and_the_choices(self, shown: Shown) -> None:
        shown.card(R1).setFocus()
        names = []
        for _ in range(2):
            shown.press(Qt.Key.Key_Tab)
            focused = shown.window.focusWidget()
            assert focused is not None
            names.append(focused.objectName())
        assert names == ["getModel", "unfoldCard"]


class TestChoices:
    @pytest.fixture(autouse=True)
    def _opened(self, shown: Shown) -> None:
        shown.card(R1).set_open(is_open=True)

    def choose(self, shown: Shown, name: str, text: str) -> None:
        box = shown.child(shown.card(R1), QComboBox, name)
        index = box.findText(text)
        assert index >= 0, [box.itemText(each) for each in range(box.count())]
        box.setCurrentIndex(index)
        box.activated.emit(index)

    def test_another_size_takes_the_place_of_the_card(self, shown: Shown) -> None:
        self.choose(shown, "cardSize", "14B, 9.0 GB")
        assert shown.names()[1] == "DeepSeek-R1 14B"
        card = shown.card("DeepSeek-R1 14B")
        assert card.is_open
        assert card.row is not None
        assert card.row.purpose is Purpose.REASONING
        assert "9.0 GB" in shown.words(card, "cardFacts")

    async def test_another_quantisation_comes_from_ollama(self, shown: Shown) -> None:
        self.choose(shown, "cardBuild", "Q8_0, about 8.1 GB, Ollama")
        card = shown.card(R1)
        assert "about 8.1 GB" in shown.words(card, "cardFacts")
        assert not shown.child(card, QComboBox, "cardSource").isVisible()
        shown.click(card, "getModel")
        assert [pull.ref.model_id for pull in shown.harness.catalogue.pulls.all()] == [
            "deepseek-r1:7b-qwen-distill-q8_0"
        ]

    def test_the_memory_is_reported_as_a_calculation(self, shown: Shown) -> None:
        assert shown.words(shown.card(R1), "cardMemory") == (
            "Weights 4.4 GB + cache for 8192 tokens 0.4 GB + compute buffers 0.4 GB = 5.2 GB\n"
            "A model can use up to 13.5 GB of memory here."
        )

    async def test_ollama_is_the_alternative(self, shown: Shown) -> None:
        shown.click(shown.card(R1), "getWithOllama")
        assert [pull.ref.model_id for pull in shown.harness.catalogue.pulls.all()] == ["deepseek-r1:7b"]

    def test_the_page_of_the_maker_opens_in_the_browser(self, shown: Shown) -> None:
        shown.click(shown.card(R1), "makersPage")
        assert shown.pages == ["https://huggingface.co/deepseek-ai/DeepSeek-R1-Distill-Qwen-7B"]


async def test_another_hub_with_the_same_files_can_be_chosen(shown: Shown) -> None:
    card = shown.card("Qwen3.5 4B")
    card.set_open(is_open=True)
    box = shown.child(card, QComboBox, "cardSource")
    assert [box.itemText(number) for number in range(box.count())] == ["Hugging Face", "ModelScope"]
    box.setCurrentIndex(1)
    shown.click(card, "getModel")
    (pull,) = shown.harness.catalogue.pulls.all()
    assert pull.download is not None
    assert pull.download.sources[0].hub is HubKind.MODELSCOPE


async def test_a_disk_that_is_too_full_is_reported_and_can_be_ignored(shown: Shown) -> None:
    shown.harness.disk = 2 * GIGABYTE
    shown.click(shown.view, "allModels")
    await shown.harness.look()
    await until(lambda: len(shown.visible_cards) == 23)
    card = shown.card(R1)
    await until(lambda: shown.words(card, "cardFacts") == "Needs 4.7 GB on the disk, which is too full.")
    assert not get_button(shown, R1).isEnabled()
    card.set_open(is_open=True)
    shown.click(card, "getModelAnyway")
    (pull,) = shown.harness.catalogue.pulls.all()
    assert pull.ignore_disk_space


async def test_little_memory_is_a_warning(shown: Shown) -> None:
    shown.harness.machine = replace(machines.LAPTOP_16, memory_free=8 * GIBIBYTE)
    await shown.harness.look()
    await until(lambda: shown.words(shown.card("Qwen3.5 9B"), "cardTag") == "Little memory left")


async def test_where_nothing_fits_that_is_said(qtbot: QtBot, appearance: Appearance) -> None:
    tiny = replace(machines.LAPTOP_8, memory=2 * GIBIBYTE, memory_free=GIBIBYTE)
    async with showing(qtbot, appearance, tiny, cards=0) as shown:
        assert "None of these models fits" in shown.words(shown.view, "nothingFits")
        assert shown.child(shown.view, QAbstractButton, "allModels").isVisible()


async def test_a_chinese_window_shows_models_that_speak_chinese(qtbot: QtBot, appearance: Appearance) -> None:
    appearance.set_language("zh_CN")
    async with showing(qtbot, appearance, machines.LAPTOP_16) as shown:
        assert all(card.row and card.row.model.speaks("zh") for card in shown.visible_cards)
        assert "Chinese, English" in shown.words(shown.card(R1), "cardFacts")


def test_a_narrow_card_has_the_purpose_above_the_name(shown: Shown) -> None:
    card = shown.card(R1)
    purpose, name = card._purpose, shown.child(card, QWidget, "cardName")

    def place(widget: QWidget) -> tuple[int, int]:
        point = widget.mapTo(card, widget.rect().topLeft())
        return point.x(), point.y()

    assert place(purpose)[0] < place(name)[0]
    shown.window.resize(460, 1200)
    shown.qtbot.waitUntil(lambda: place(purpose)[1] < place(name)[1])


@pytest.mark.parametrize(
    ("seconds", "expected"), [(20, "less than 1 min"), (374, "6 min"), (7199, "120 min"), (9000, "2.5 h")]
)
def test_a_duration_is_rounded_to_what_it_is_worth(seconds: float, expected: str) -> None:
    assert duration_text(seconds) == expected


@pytest.mark.parametrize(
    ("speed", "language", "expected"),
    [
        (None, "en", ""),
        (0.5, "en", "less than 1 word/s"),
        (12.0, "en", "about 9 words/s"),
        (44.0, "en", "about 35 words/s"),
        (44.0, "zh_CN", "about 70 words/s"),
    ],
)
def test_a_speed_is_reported_in_words_and_for_chinese_in_characters(
    speed: float | None, language: str, expected: str
) -> None:
    assert words_text(speed, language) == expected


def test_the_language_of_the_window_comes_first() -> None:
    assert languages_text(("en", "zh", "*"), "en") == "English, Chinese, more"
    assert languages_text(("en", "zh"), "zh_CN") == "Chinese, English"
    assert languages_text(("en", "de", "fr"), "en") == "English, German, more"
