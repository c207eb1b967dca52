"""Presets that nobody would write on purpose: forms of many fields, long words, many presets, none of one's own."""

from collections.abc import Awaitable, Callable

from PySide6.QtCore import Qt

from chatdesk.app.program import Program
from chatdesk.kernel.chat.attachments import ReadingProgress
from chatdesk.kernel.chat.message import DocumentUnit
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.presets.variable import Variable, VariableKind
from tests.shots import homes
from tests.shots.window_driver import WindowDriver

_LONG = "How this is to be said to those who read it, in one sentence that goes on for longer than any label should"
_CHINESE = "请说明这段文字应当怎样写给读者看，用一句比任何标签都要长得多、却又说不完的话来描述"


def _form(language: str) -> Preset:
    long = _CHINESE if language == "zh_CN" else _LONG
    fields = (
        Variable("audience", label=long, hint=long, required=True),
        Variable(
            "tone", VariableKind.CHOICE, label="语气" if language == "zh_CN" else "Tone", choices=(long, long + " ")
        ),
        Variable("text", VariableKind.LONG_TEXT, label="原文" if language == "zh_CN" else "Text", hint=long),
        Variable("file", VariableKind.FILE, label="文件" if language == "zh_CN" else "File"),
        Variable("day", VariableKind.DATE),
        Variable("strict", VariableKind.TOGGLE, label=long),
        Variable("count", VariableKind.NUMBER, minimum=1, maximum=10, default="5"),
    )
    many = tuple(Variable(f"more_{number}") for number in range(40))
    return Preset("", PresetOrigin.OWN, long[:150], "{{audience}}", declared=(*fields, *many))


async def odd_form(program: Program, language: str) -> None:
    """Have a preset with more fields than there is room for."""
    await homes.chats(program, language, hostile=False)
    await program.presets.presets.make_folder()
    await program.presets.presets.load(language)
    await program.presets.presets.create(_form(language))


async def thousand(program: Program, language: str) -> None:
    """Have a thousand presets of one's own."""
    await homes.chats(program, language, hostile=False)
    presets = program.presets.presets
    await presets.make_folder()
    for number in range(1_000):
        text = f'+++\nname = "Preset {number}"\ndescription = "Does thing {number % 7}"\n+++\nDo it.\n'
        (presets.folder / f"p{number}.md").write_text(text, "utf-8")


def fill_odd_form(text: str = "", look_at: str = "variable_text") -> Callable[[WindowDriver], Awaitable[None]]:
    """Use the preset of many fields, a text in one of them and much in another, and look at one."""

    async def fill(driver: WindowDriver) -> None:
        await driver.until(lambda: driver.program.presets.presets.loaded)
        key = next(each.key for each in driver.program.presets.presets.all() if each.origin is PresetOrigin.OWN)
        driver.window._chat.presets.use(key)
        await driver.settle(0.3)
        driver.part("variable_text").setPlainText(text)
        field = driver.part("variable_file").parentWidget().parentWidget()
        field.fetched("Some words of a file. " * 60_000)
        await driver.settle(0.3)
        driver.part(look_at).setFocus(Qt.FocusReason.TabFocusReason)
        await driver.settle(0.3)

    return fill


async def read_into_odd_form(driver: WindowDriver) -> None:
    """A document is being read into a field."""
    await fill_odd_form(look_at="fetch_file")(driver)
    field = driver.part("variable_file").parentWidget().parentWidget()
    field.fetched("")
    field.begin_reading("Annual report 2025.pdf", lambda: None)
    field.show_progress(ReadingProgress(DocumentUnit.PAGE, 12, 80))
    await driver.settle(0.3)


async def run_odd_form(driver: WindowDriver) -> None:
    """Prepare the preset of many fields for many inputs."""
    await driver.until(lambda: driver.program.presets.presets.loaded)
    key = next(each.key for each in driver.program.presets.presets.all() if each.origin is PresetOrigin.OWN)
    driver.window._router.show_page("batch", key)
    await driver.settle(0.3)


async def look_at_large(driver: WindowDriver) -> None:
    """Look at a preset that is too long to be edited."""
    presets = driver.program.presets.presets
    await driver.until(lambda: presets.loaded)
    made = await presets.create(Preset("", PresetOrigin.OWN, "Everything about the house", "A rule of many. " * 60_000))
    driver.window.show_presets(made.key)
    await driver.settle(0.3)
