"""What the person does in a scene before the picture is taken."""

import json
from collections.abc import Awaitable, Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QListView

from chatdesk.features.batch.domain.batch import BatchInput
from chatdesk.features.batch.ui.batch_page import BatchPage
from chatdesk.features.chat.services.chat_titles import PermissionRequest
from chatdesk.features.chat.ui.transcript.controls import Command, Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import PICTURES, TEXT
from chatdesk.features.conversations.ui.sidebar.list.list_rows import HitRow
from chatdesk.features.previews.ui.panel.host_area import PreviewHostArea
from chatdesk.features.previews.ui.panel.page_tabs import PageTabs
from chatdesk.features.previews.ui.panel.panel_header import View
from chatdesk.features.previews.ui.panel.preview_host import ConsoleLine, Ending, Severity
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel
from chatdesk.features.servers.ui.cards.providers_tab import ProvidersTab
from chatdesk.kernel.models.hubs import HubKind
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.settings.declarations import HUB_HUGGING_FACE, HUBS_ASKED, NUMBER_CODE, WRAP_CODE
from chatdesk.rendering.markdown.blocks import Code
from chatdesk.system.folders import Folders
from tests.paths import DATA
from tests.shots.window_driver import WindowDriver

Act = Callable[[WindowDriver], Awaitable[None]]


async def ask(driver: WindowDriver) -> None:
    driver.type("Prove that √2 is irrational, and say exactly where the proof needs p and q to have no common factor.")
    driver.part("sendButton").click()
    await driver.settle(2.0)


async def ask_and_fail(driver: WindowDriver) -> None:
    driver.type("Now the third paragraph in the same way.")
    driver.part("sendButton").click()
    await driver.settle(1.0)


async def ask_built_in(driver: WindowDriver) -> None:
    driver.type("Name three colours.")
    driver.part("sendButton").click()
    await driver.settle(4.0)


async def write(driver: WindowDriver) -> None:
    chinese = driver.language == "zh_CN"
    driver.type("每年收 0.5% 的管理费会怎样？" if chinese else "And what would a fee of 0.5% a year do to that?")


async def write_hebrew(driver: WindowDriver) -> None:
    driver.type("שלום עולם, this is mixed.\nושורה שנייה (עם סוגריים)")


async def write_much(driver: WindowDriver) -> None:
    driver.type("\n".join(f"Line {number} of a long message" for number in range(1, 31)))


async def trash(driver: WindowDriver) -> None:
    driver.window._list.delete([driver.program.chat.conversations.all()[-1].id])


async def see_no_deleted_chats(driver: WindowDriver) -> None:
    driver.window._router.show_page("deleted")
    await driver.settle(0.3)


async def rename(driver: WindowDriver) -> None:
    driver.window.navigation.rename()


async def toggle_sidebar(driver: WindowDriver) -> None:
    driver.part("sidebarToggle").click()


async def choose_preset(driver: WindowDriver) -> None:
    await driver.until(lambda: driver.program.presets.presets.loaded)
    QTest.keyClicks(driver.part("message"), "/")
    await driver.settle(0.3)


async def suggest_model(driver: WindowDriver) -> None:
    """A preset that recommends another model than the chosen one."""
    await driver.until(lambda: driver.program.presets.presets.loaded and driver.window._models.chosen)
    driver.window._models.choose(ModelRef("ollama", "gemma3:4b"))
    driver.window._chat.presets.use("built-in:math-step-by-step")
    await driver.settle(0.3)


def use_preset(key: str, *, prompt: bool = False) -> Act:
    """Hold the chat with a preset, the prompt shown or not."""

    async def use(driver: WindowDriver) -> None:
        await driver.until(lambda: driver.program.presets.presets.loaded)
        driver.window._chat.presets.use(key)
        if prompt:
            driver.part("showPrompt").click()
        await driver.settle(0.3)

    return use


async def run_batch(driver: WindowDriver) -> None:
    window = driver.window
    await driver.until(lambda: driver.program.presets.presets.loaded)
    window._router.show_page("batch", "built-in:summary")
    inputs = [
        BatchInput(f"minutes-{number:02}.txt", f"Item {number}: the budget of the third quarter was agreed.")
        for number in range(1, 15)
    ]
    page = window.findChild(BatchPage)
    assert page is not None
    await page._use_inputs(inputs)
    driver.part("goBatch").click()
    await driver.settle(1.5)
    driver.part("batchList").setCurrentIndex(driver.part("batchList").model().index(0, 0))
    await driver.settle(0.3)


async def read_batch(driver: WindowDriver) -> None:
    """An answer in a narrow page."""
    await run_batch(driver)
    page = driver.window.findChild(BatchPage)
    assert page is not None
    page._show_side(answer=True)
    await driver.settle(0.2)


async def prepare_batch(driver: WindowDriver) -> None:
    driver.window._router.show_page("batch", "")
    await driver.settle(0.3)


async def map_batch(driver: WindowDriver) -> None:
    """A table whose columns fill in the fields of a preset."""
    await driver.until(lambda: driver.program.presets.presets.loaded)
    driver.window._router.show_page("batch", "built-in:translate")
    page = driver.window.findChild(BatchPage)
    assert page is not None
    table = Folders.locate().data / "phrases.csv"
    rows = (
        "Where does the tram to the harbour stop?,German",
        "The meeting is on Friday.,French",
        "Two tickets,Italian",
    )
    table.write_text("\n".join(("id,phrase,to", *(f"{number},{row}" for number, row in enumerate(rows, 1)))), "utf-8")
    page.use_files([table])
    await driver.settle(0.5)


def open_palette(words: str) -> Act:
    """Open the palette with words in it."""

    async def open_it(driver: WindowDriver) -> None:
        driver.window._palette.get().toggle()
        QTest.keyClicks(driver.part("paletteField"), words)
        await driver.settle(0.5)

    return open_it


async def preset_menu(driver: WindowDriver) -> None:
    await use_preset("built-in:mail-reply")(driver)
    QTest.keyClick(driver.part("presetChip"), Qt.Key.Key_Space)


async def open_picker(driver: WindowDriver) -> None:
    driver.part("modelPicker").click()


async def find_no_model(driver: WindowDriver) -> None:
    driver.part("modelPicker").click()
    driver.part("modelSearch").setText("llama")


async def choose_long_model(driver: WindowDriver) -> None:
    await open_picker(driver)
    driver.press(Qt.Key.Key_Down, 3)
    driver.press(Qt.Key.Key_Return)
    await driver.settle()
    await open_picker(driver)


async def open_chat_menu(driver: WindowDriver) -> None:
    chats = _chats(driver)
    driver.right_click(chats.viewport(), chats.visualRect(chats.model().index(5, 0)).center())


async def delete_answer(driver: WindowDriver) -> None:
    """Delete the answer, so that its question offers to regenerate it, and let both have other versions."""
    transcript = driver.window._page.transcript
    question, answer = transcript.document.messages[-2:]
    await driver.program.chat.branches.delete(answer.id)
    await driver.settle(1.0)
    assert driver.window._page.transcript.last_message == question


async def see_versions(driver: WindowDriver) -> None:
    """Look at messages that have other versions, while the pointer is elsewhere."""
    transcript = driver.window._page.transcript
    messages = list(transcript.document.messages)
    transcript.show_path(messages, {message.id: (1, 2) for message in messages})
    await driver.settle(0.5)


async def ask_for_title_permission(driver: WindowDriver) -> None:
    """Let an online provider answer, so that the user is asked whether it may write titles."""
    model = driver.window._models.chosen
    assert model
    titles = driver.program.chat.titles.get()
    titles._set_request(PermissionRequest(driver.window._chat.conversation_id, model.ref, "OpenAI"))
    await driver.settle(0.5)


async def open_message_menu(driver: WindowDriver) -> None:
    page = driver.window._page.transcript.viewport()
    driver.right_click(page, page.rect().center())


async def edit_answer(driver: WindowDriver) -> None:
    driver.window._page.transcript._commands.perform(1, Command(Verb.EDIT))
    await driver.settle()
    QTest.keyClicks(QApplication.focusWidget(), "And so on.")


async def see_pictures(driver: WindowDriver) -> None:
    """Ask a model that sees, and look at the questions from the first on."""
    await driver.program.servers.models.refresh()
    model = await driver.until(
        lambda: next((model for model in driver.program.servers.models.all() if model.can_see), None)
    )
    driver.window._models.choose(model.ref)
    driver.window._page.transcript.verticalScrollBar().setValue(0)
    await driver.settle(1.5)


async def edit_pictures(driver: WindowDriver) -> None:
    await see_pictures(driver)
    driver.window._page.transcript._commands.perform(2, Command(Verb.EDIT))
    await driver.settle(1.0)


async def view_picture(driver: WindowDriver) -> None:
    await see_pictures(driver)
    driver.window._page.transcript._picture_actions.perform(2, Command(Verb.VIEW_PICTURE, "1", PICTURES))
    await driver.settle(1.5)


async def play_animation(driver: WindowDriver) -> None:
    await see_pictures(driver)
    transcript = driver.window._page.transcript
    transcript.verticalScrollBar().setValue(transcript.verticalScrollBar().maximum())
    await driver.settle(1.0)
    transcript._picture_actions.perform(4, Command(Verb.PLAY_PICTURE, "0", PICTURES))
    await driver.settle(0.3)


async def number_code(driver: WindowDriver) -> None:
    driver.program.settings.set(WRAP_CODE, True)
    driver.program.settings.set(NUMBER_CODE, True)


async def show_top(driver: WindowDriver) -> None:
    driver.window._page.transcript.verticalScrollBar().setValue(0)
    await driver.settle(2.0)  # formulas are set in a process of their own


async def play(driver: WindowDriver) -> None:
    """Open the second version of the game beside the chat."""
    transcript = driver.window._page.transcript
    messages = transcript.document.messages
    if not driver.window._frame.overlaid:
        driver.part("sidebarToggle").click()
    transcript.preview_requested.emit(messages[3].id, TEXT, 1)
    await driver.settle(1.0)
    if pages := driver.window.findChild(PreviewHostArea)._preview_hosts.made:
        pages[-1].asks_for(fonts_example_com=1, scores_example_com=1)
        pages[-1].events.focus_changed.emit(True)


async def show_cards(driver: WindowDriver) -> None:
    """Show the card of the second version, and how the third one begins."""
    transcript = driver.window._page.transcript
    await driver.settle(0.5)
    document, scroller = transcript.document, transcript._scroller
    for _ in range(3):  # heights are known where one has been
        scroller.scroll_to(document.bottom(3) - scroller.view_height * 2 // 3)
        await driver.settle(0.3)


async def ask_storage_consent(driver: WindowDriver) -> None:
    """Let the page store its best score, beside the card it was opened from."""
    await play(driver)
    if pages := driver.window.findChild(PreviewHostArea)._preview_hosts.made:
        pages[-1].stores(best="31")
    await show_cards(driver)


async def read_code(driver: WindowDriver) -> None:
    await play(driver)
    driver.window.findChild(PreviewPanel).show_view(View.CODE)
    await driver.settle(1.0)


async def meet_errors(driver: WindowDriver) -> None:
    await play(driver)
    panel = driver.window.findChild(PreviewPanel)
    panel.show_view(View.CONSOLE)
    panel.host_area._preview_hosts.made[-1].says(
        ConsoleLine(Severity.INFO, "Ready"),
        ConsoleLine(Severity.WARNING, "No table of scores", 120),
        ConsoleLine(Severity.ERROR, "Uncaught ReferenceError: drawTrail is not defined\n    at show (:87:3)", 87, 14),
    )


async def let_page_end(driver: WindowDriver) -> None:
    await play(driver)
    driver.window.findChild(PreviewHostArea)._preview_hosts.made[-1].end(Ending.UNRESPONSIVE)


async def open_tabs(driver: WindowDriver) -> None:
    """Open everything there is, and go back to the second one."""
    if not driver.window._frame.overlaid:
        driver.part("sidebarToggle").click()
    for message in driver.window._page.transcript.document.messages[1::2]:
        driver.window._page.transcript.preview_requested.emit(message.id, TEXT, 1)
        await driver.settle(0.5)
    driver.window.findChild(PageTabs).setCurrentIndex(1)
    await driver.settle(0.5)


async def list_versions(driver: WindowDriver) -> None:
    await play(driver)
    panel = driver.window.findChild(PreviewPanel)
    panel.show_view(View.CODE)
    panel.code.edit.insertPlainText("<!-- mine -->\n")
    panel.code.edit.run_pressed.emit()
    await driver.settle(1.0)
    panel.show_view(View.VERSIONS)
    await driver.settle(1.0)
    panel.versions.list.choose(1)
    await driver.settle(1.0)


async def restore_version(driver: WindowDriver) -> None:
    await list_versions(driver)
    driver.part("restoreVersion").click()
    await driver.settle(1.0)


async def split(driver: WindowDriver) -> None:
    await play(driver)
    driver.window.findChild(PreviewPanel).show_view(View.SPLIT)
    await driver.settle(1.0)


async def trouble_the_computer(driver: WindowDriver) -> None:
    """Everything that a page can give cause to say above it."""
    await play(driver)
    events = driver.window.findChild(PreviewHostArea)._preview_hosts.made[-1].events
    events.high_load.emit(True)
    events.graphics_missing.emit()
    events.pointer_requested.emit()
    events.message_shown.emit("You have reached level 2!")


async def find(driver: WindowDriver) -> None:
    QTest.keyClick(driver.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    await driver.settle()
    QTest.keyClicks(QApplication.focusWidget(), "item")


async def open_outline(driver: WindowDriver) -> None:
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(driver.window, Qt.Key.Key_L, shift)


async def open_code_menu(driver: WindowDriver) -> None:
    page = driver.window._page.transcript.viewport()
    driver.right_click(page, page.rect().center() - QPoint(0, 60))


async def open_composer_menu(driver: WindowDriver) -> None:
    await write(driver)
    edit = driver.part("message")
    edit.selectAll()
    driver.right_click(edit.viewport(), edit.viewport().rect().center())


async def rest_on_title(driver: WindowDriver) -> None:
    chats = _chats(driver)
    driver.rest_on(chats.viewport(), chats.visualRect(chats.model().index(4, 0)).center())


async def rest_on_picker(driver: WindowDriver) -> None:
    driver.rest_on(driver.part("modelPicker"), QPoint(20, 10))


async def ask_about_link(driver: WindowDriver) -> None:
    driver.window._links.open("https://login.example.net/account/verify?next=%2Fhome", "https://www.example.org")


async def refuse_link(driver: WindowDriver) -> None:
    driver.window._links.open("file:///etc/passwd", "notes")


async def back_up(driver: WindowDriver) -> None:
    driver.window.show_settings("data")
    await driver.settle()
    driver.part("backUpNow").click()
    await driver.settle()


async def change_shortcuts(driver: WindowDriver) -> None:
    """Change one shortcut, ask for keys that another command has, and start to record a third."""
    driver.window.show_settings("keyboard")
    await driver.settle()
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    for name, key, modifiers in (("new_chat", Qt.Key.Key_N, alt), ("rename_chat", Qt.Key.Key_B, control)):
        driver.part(f"keys.{name}").click()
        QTest.keyClick(driver.part(f"keys.{name}"), key, modifiers)
    await driver.settle()


async def record_shortcut(driver: WindowDriver) -> None:
    driver.window.show_settings("keyboard")
    await driver.settle()
    field = driver.part("keys.delete_chat")
    field.click()
    QTest.keyClick(field, Qt.Key.Key_X)
    await driver.settle()


async def show_other_shortcuts(driver: WindowDriver) -> None:
    driver.window.show_settings("keyboard")
    await driver.settle()
    driver.part("moreCommands").click()
    await driver.settle()


async def search_shortcuts(driver: WindowDriver) -> None:
    driver.window.show_settings("keyboard")
    await driver.settle()
    QTest.keyClicks(driver.part("searchShortcuts"), "chat" if driver.language == "en" else "duihua")


async def search_settings(driver: WindowDriver) -> None:
    driver.window.show_settings("appearance")
    await driver.settle()
    field = driver.part("searchSettings")
    field.setFocus()
    QTest.keyClicks(field, "font" if driver.language == "en" else "ziti")


async def open_box(driver: WindowDriver) -> None:
    driver.window.show_settings("appearance")
    await driver.settle()
    box = driver.part("appearance.zoom")
    assert isinstance(box, QComboBox)
    box.showPopup()


async def open_server(driver: WindowDriver) -> None:
    driver.window.show_settings("servers")
    await driver.settle()
    section = driver.window.findChild(ProvidersTab)
    assert section is not None
    section.view.edit("ollama", "")
    await driver.settle()
    driver.part("editServer").click()


def search(words: str) -> Act:
    """Search the chats."""

    async def act(driver: WindowDriver) -> None:
        driver.window.navigation.search()
        driver.part("searchChats").setText(words)

    return act


def search_and_unfold(words: str) -> Act:
    """Search the chats, and list all matches in the first chat with several."""

    async def act(driver: WindowDriver) -> None:
        await search(words)(driver)
        view = driver.part("conversationList")
        model = view.model()
        await driver.until(
            lambda: any(isinstance(model.row_at(model.index(row)), HitRow) for row in range(model.rowCount()))
        )
        rows = (model.row_at(model.index(row)) for row in range(model.rowCount()))
        chat = next(row.hit.conversation_id for row in rows if isinstance(row, HitRow) and row.more)
        model.unfold_hits(chat, unfolded=True)

    return act


def settings(section: str) -> Act:
    """Open a section of the settings."""

    async def act(driver: WindowDriver) -> None:
        driver.window.show_settings(section)

    return act


async def sources_in_use(driver: WindowDriver) -> None:
    """Show the model sources of somebody who uses a mirror, has a token, and has searched."""
    hubs = driver.program.models.hubs.get()
    hubs.set_address(HubKind.HUGGING_FACE, "hf-mirror.com")
    await hubs.save_token("hf_0123456789")
    driver.program.settings.set(HUBS_ASKED, json.dumps({"hugging_face": "2026-11-29T09:41:00+00:00"}))
    driver.window.show_settings("model-sources")


async def enter_token(driver: WindowDriver) -> None:
    """Begin to enter a token for Hugging Face, and a wrong address for it."""
    driver.window.show_settings("model-sources")
    await driver.settle()
    address = driver.part(HUB_HUGGING_FACE.key)
    address.setFocus()
    address.selectAll()
    QTest.keyClicks(address, "http://hf-mirror.com")
    driver.part("enterToken").click()
    QTest.keyClicks(driver.part("token"), "hf_0123456789")


def tab(start: str, times: int, then: Act | None = None) -> Act:
    """Do `then`, and go on with Tab from a part of the window; less than no times goes back."""

    async def act(driver: WindowDriver) -> None:
        if then:
            await then(driver)
            await driver.settle()
        driver.window.activateWindow()
        await driver.settle()
        driver.part(start).setFocus(Qt.FocusReason.TabFocusReason)
        driver.press(Qt.Key.Key_Tab if times > 0 else Qt.Key.Key_Backtab, abs(times))

    return act


def _chats(driver: WindowDriver) -> QListView:
    chats = driver.part("conversationList")
    assert isinstance(chats, QListView)
    return chats


async def draw_diagram(driver: WindowDriver) -> None:
    """Draw the first diagram, as the real engine does."""
    view = driver.window._page.transcript
    dark = driver.window._appearance.theme.scheme.dark
    block = await _diagram_block(driver)
    view._commands.perform(1, Command(Verb.DRAW_DIAGRAM, part=TEXT, block=block))
    hosts = driver.window._preview._previews.hosts.get()
    await driver.until(lambda: hosts.drawings)
    hosts.answer_drawing(png=(DATA / "diagrams" / ("dark.png" if dark else "light.png")).read_bytes())
    await driver.settle()


async def show_diagram_code(driver: WindowDriver) -> None:
    """Draw the first diagram and go back to its code."""
    await draw_diagram(driver)
    block = await _diagram_block(driver)
    driver.window._page.transcript._commands.perform(1, Command(Verb.SHOW_DIAGRAM_CODE, part=TEXT, block=block))


async def fail_diagram(driver: WindowDriver) -> None:
    """Try to draw a diagram with a mistake."""
    block = await _diagram_block(driver)
    driver.window._page.transcript._commands.perform(1, Command(Verb.DRAW_DIAGRAM, part=TEXT, block=block))
    hosts = driver.window._preview._previews.hosts.get()
    await driver.until(lambda: hosts.drawings)
    hosts.answer_drawing(reason="Parse error on line 5: Expecting 'SQE', got 'PS'")


async def _diagram_block(driver: WindowDriver) -> int:
    column = driver.window._page.transcript.document[1].column(TEXT)
    await driver.settle()
    return next(index for index, block in enumerate(column.blocks) if isinstance(block, Code))


async def find_in_diagram(driver: WindowDriver) -> None:
    """Draw the first diagram and look for a word of its source."""
    await draw_diagram(driver)
    QTest.keyClick(driver.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    await driver.settle()
    QTest.keyClicks(QApplication.focusWidget(), "parcel leaves")
    await driver.settle(0.8)
