"""What the person does in a scene before the picture is taken."""

from collections.abc import Awaitable, Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QListView

from chatdesk.features.batch.domain.batch import BatchInput
from chatdesk.features.chat.ui.transcript.controls import Command, Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import PICTURES, TEXT
from chatdesk.features.previews.ui.panel.page_tabs import PageTabs
from chatdesk.features.previews.ui.panel.panel_header import View
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel
from chatdesk.features.previews.ui.panel.stage import ConsoleLine, Ending, Severity
from chatdesk.features.previews.ui.panel.stage_area import StageArea
from chatdesk.kernel.settings.declarations import NUMBER_CODE, WRAP_CODE
from tests.shots.stage import Stage

Act = Callable[[Stage], Awaitable[None]]


async def ask(stage: Stage) -> None:
    stage.type("Prove that √2 is irrational, and say exactly where the proof needs p and q to have no common factor.")
    stage.part("sendButton").click()
    await stage.settle(2.0)


async def ask_and_fail(stage: Stage) -> None:
    stage.type("Now the third paragraph in the same way.")
    stage.part("sendButton").click()
    await stage.settle(1.0)


async def ask_built_in(stage: Stage) -> None:
    stage.type("Name three colours.")
    stage.part("sendButton").click()
    await stage.settle(4.0)


async def write(stage: Stage) -> None:
    chinese = stage.language == "zh_CN"
    stage.type("每年收 0.5% 的管理费会怎样？" if chinese else "And what would a fee of 0.5% a year do to that?")


async def write_hebrew(stage: Stage) -> None:
    stage.type("שלום עולם, this is mixed.\nושורה שנייה (עם סוגריים)")


async def write_much(stage: Stage) -> None:
    stage.type("\n".join(f"Line {number} of a long message" for number in range(1, 31)))


async def trash(stage: Stage) -> None:
    stage.window._list._trash([stage.program.conversations.all()[-1].id])


async def rename(stage: Stage) -> None:
    stage.window.navigation.rename()


async def toggle_sidebar(stage: Stage) -> None:
    stage.part("sidebarToggle").click()


async def choose_preset(stage: Stage) -> None:
    await stage.until(lambda: stage.program.presets.loaded)
    QTest.keyClicks(stage.part("message"), "/")
    await stage.settle(0.3)


def use_preset(key: str, *, prompt: bool = False) -> Act:
    """Hold the chat with a preset, the prompt shown or not."""

    async def use(stage: Stage) -> None:
        await stage.until(lambda: stage.program.presets.loaded)
        stage.window._chat.presets.use(key)
        if prompt:
            stage.part("showPrompt").click()
        await stage.settle(0.3)

    return use


async def run_batch(stage: Stage) -> None:
    window = stage.window
    await stage.until(lambda: stage.program.presets.loaded)
    window.show_batch("built-in:summary")
    inputs = [
        BatchInput(f"minutes-{number:02}.txt", f"Item {number}: the budget of the third quarter was agreed.")
        for number in range(1, 15)
    ]
    page = window._places.currentWidget()
    await page._take(inputs)
    stage.part("goBatch").click()
    await stage.settle(1.5)
    stage.part("batchList").setCurrentIndex(stage.part("batchList").model().index(0, 0))
    await stage.settle(0.3)


async def prepare_batch(stage: Stage) -> None:
    stage.window.show_batch("built-in:mail-reply")
    await stage.settle(0.3)


def open_palette(words: str) -> Act:
    """Open the palette with words in it."""

    async def open_it(stage: Stage) -> None:
        stage.window._palette.get().toggle()
        QTest.keyClicks(stage.part("paletteField"), words)
        await stage.settle(0.5)

    return open_it


async def preset_menu(stage: Stage) -> None:
    await use_preset("built-in:mail-reply")(stage)
    QTest.keyClick(stage.part("presetChip"), Qt.Key.Key_Space)


async def open_picker(stage: Stage) -> None:
    stage.part("modelPicker").click()


async def find_no_model(stage: Stage) -> None:
    stage.part("modelPicker").click()
    stage.part("modelSearch").setText("llama")


async def choose_long_model(stage: Stage) -> None:
    await open_picker(stage)
    stage.press(Qt.Key.Key_Down, 3)
    stage.press(Qt.Key.Key_Return)
    await stage.settle()
    await open_picker(stage)


async def open_chat_menu(stage: Stage) -> None:
    chats = _chats(stage)
    stage.right_click(chats.viewport(), chats.visualRect(chats.model().index(5, 0)).center())


async def open_message_menu(stage: Stage) -> None:
    page = stage.window._page.transcript.viewport()
    stage.right_click(page, page.rect().center())


async def edit_answer(stage: Stage) -> None:
    stage.window._page.transcript._commands.perform(1, Command(Verb.EDIT))
    await stage.settle()
    QTest.keyClicks(QApplication.focusWidget(), "And so on.")


async def see_pictures(stage: Stage) -> None:
    """Ask a model that sees, and look at the questions from the first on."""
    await stage.program.models.refresh()
    model = await stage.until(lambda: next((model for model in stage.program.models.all() if model.can_see), None))
    stage.window._models.choose(model.ref)
    stage.window._page.transcript.verticalScrollBar().setValue(0)
    await stage.settle(1.5)


async def edit_pictures(stage: Stage) -> None:
    await see_pictures(stage)
    stage.window._page.transcript._commands.perform(2, Command(Verb.EDIT))
    await stage.settle(1.0)


async def view_picture(stage: Stage) -> None:
    await see_pictures(stage)
    stage.window._page.transcript._picture_deeds.perform(2, Command(Verb.VIEW_PICTURE, "1", PICTURES))
    await stage.settle(1.5)


async def drag_pictures(stage: Stage) -> None:
    """Hold a file over the page."""
    await see_pictures(stage)
    stage.window._page.composer.set_awaiting(awaiting=True)


async def play_animation(stage: Stage) -> None:
    await see_pictures(stage)
    transcript = stage.window._page.transcript
    transcript.verticalScrollBar().setValue(transcript.verticalScrollBar().maximum())
    await stage.settle(1.0)
    transcript._picture_deeds.perform(4, Command(Verb.PLAY_PICTURE, "0", PICTURES))
    await stage.settle(0.3)


async def number_code(stage: Stage) -> None:
    stage.program.settings.set(WRAP_CODE, True)
    stage.program.settings.set(NUMBER_CODE, True)


async def show_top(stage: Stage) -> None:
    stage.window._page.transcript.verticalScrollBar().setValue(0)
    await stage.settle(2.0)  # formulas are set in a process of their own


async def play(stage: Stage) -> None:
    """Open the second version of the game beside the chat."""
    transcript = stage.window._page.transcript
    messages = transcript.document.messages
    if not stage.window._frame.overlaid:
        stage.part("sidebarToggle").click()
    transcript.preview_requested.emit(messages[3].id, TEXT, 1)
    await stage.settle(1.0)
    if pages := stage.window.findChild(StageArea)._stages.made:
        pages[-1].asks_for(fonts_example_com=1, scores_example_com=1)
        pages[-1].events.focus_changed.emit(True)


async def show_cards(stage: Stage) -> None:
    """Show the card of the second version, and how the third one begins."""
    transcript = stage.window._page.transcript
    await stage.settle(0.5)
    document, scroller = transcript.document, transcript._scroller
    for _ in range(3):  # heights are known where one has been
        scroller.scroll_to(document.bottom(3) - scroller.view_height * 2 // 3)
        await stage.settle(0.3)


async def offer_keeping(stage: Stage) -> None:
    """Let the page store its best score, beside the card it was opened from."""
    await play(stage)
    if pages := stage.window.findChild(StageArea)._stages.made:
        pages[-1].stores(best="31")
    await show_cards(stage)


async def read_code(stage: Stage) -> None:
    await play(stage)
    stage.window.findChild(PreviewPanel).show_view(View.CODE)
    await stage.settle(1.0)


async def meet_errors(stage: Stage) -> None:
    await play(stage)
    panel = stage.window.findChild(PreviewPanel)
    panel.show_view(View.CONSOLE)
    panel.stage_area._stages.made[-1].says(
        ConsoleLine(Severity.INFO, "Ready"),
        ConsoleLine(Severity.WARNING, "No table of scores", 120),
        ConsoleLine(Severity.ERROR, "Uncaught ReferenceError: drawTrail is not defined\n    at show (:87:3)", 87, 14),
    )


async def let_page_end(stage: Stage) -> None:
    await play(stage)
    stage.window.findChild(StageArea)._stages.made[-1].end(Ending.UNRESPONSIVE)


async def open_tabs(stage: Stage) -> None:
    """Open everything there is, and go back to the second one."""
    if not stage.window._frame.overlaid:
        stage.part("sidebarToggle").click()
    for message in stage.window._page.transcript.document.messages[1::2]:
        stage.window._page.transcript.preview_requested.emit(message.id, TEXT, 1)
        await stage.settle(0.5)
    stage.window.findChild(PageTabs).setCurrentIndex(1)
    await stage.settle(0.5)


async def list_versions(stage: Stage) -> None:
    await play(stage)
    panel = stage.window.findChild(PreviewPanel)
    panel.show_view(View.CODE)
    panel.code.edit.insertPlainText("<!-- mine -->\n")
    panel.code.edit.run_pressed.emit()
    await stage.settle(1.0)
    panel.show_view(View.VERSIONS)
    await stage.settle(1.0)
    panel.versions.list.choose(1)
    await stage.settle(1.0)


async def restore_version(stage: Stage) -> None:
    await list_versions(stage)
    stage.part("restoreVersion").click()
    await stage.settle(1.0)


async def split(stage: Stage) -> None:
    await play(stage)
    stage.window.findChild(PreviewPanel).show_view(View.SPLIT)
    await stage.settle(1.0)


async def trouble_the_computer(stage: Stage) -> None:
    """Everything that a page can give cause to say above it."""
    await play(stage)
    events = stage.window.findChild(StageArea)._stages.made[-1].events
    events.greedy.emit(True)
    events.graphics_missing.emit()
    events.pointer_wanted.emit()
    events.spoke.emit("You have reached level 2!")


async def find(stage: Stage) -> None:
    QTest.keyClick(stage.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    await stage.settle()
    QTest.keyClicks(QApplication.focusWidget(), "item")


async def open_outline(stage: Stage) -> None:
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(stage.window, Qt.Key.Key_L, shift)


async def open_code_menu(stage: Stage) -> None:
    page = stage.window._page.transcript.viewport()
    stage.right_click(page, page.rect().center() - QPoint(0, 60))


async def open_composer_menu(stage: Stage) -> None:
    await write(stage)
    edit = stage.part("message")
    edit.selectAll()
    stage.right_click(edit.viewport(), edit.viewport().rect().center())


async def rest_on_title(stage: Stage) -> None:
    chats = _chats(stage)
    stage.rest_on(chats.viewport(), chats.visualRect(chats.model().index(4, 0)).center())


async def rest_on_picker(stage: Stage) -> None:
    stage.rest_on(stage.part("modelPicker"), QPoint(20, 10))


async def ask_about_link(stage: Stage) -> None:
    stage.window._links.open("https://login.example.net/account/verify?next=%2Fhome", "https://www.example.org")


async def refuse_link(stage: Stage) -> None:
    stage.window._links.open("file:///etc/passwd", "notes")


async def open_box(stage: Stage) -> None:
    stage.window.show_settings("general")
    await stage.settle()
    box = stage.part("appearance.zoom")
    assert isinstance(box, QComboBox)
    box.showPopup()


async def open_server(stage: Stage) -> None:
    stage.window.show_settings("servers")
    await stage.settle()
    stage.part("serverDetails").click()


def search(words: str) -> Act:
    """Search the chats."""

    async def act(stage: Stage) -> None:
        stage.window.navigation.search()
        stage.part("searchChats").setText(words)

    return act


def settings(section: str) -> Act:
    """Open a section of the settings."""

    async def act(stage: Stage) -> None:
        stage.window.show_settings(section)

    return act


def tab(start: str, times: int, then: Act | None = None) -> Act:
    """Do `then`, and go on with Tab from a part of the window; less than no times goes back."""

    async def act(stage: Stage) -> None:
        if then:
            await then(stage)
            await stage.settle()
        stage.window.activateWindow()
        await stage.settle()
        stage.part(start).setFocus(Qt.FocusReason.TabFocusReason)
        stage.press(Qt.Key.Key_Tab if times > 0 else Qt.Key.Key_Backtab, abs(times))

    return act


def _chats(stage: Stage) -> QListView:
    chats = stage.part("conversationList")
    assert isinstance(chats, QListView)
    return chats
