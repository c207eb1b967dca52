"""What the palette can do besides what has keys: sections of the settings, the look, runs over many."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication

from chatdesk.app.shell.page_router import Places
from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
from chatdesk.features.models.ui.parameters.thinking_words import thinking_word
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.settings.declarations import LANGUAGE, THEME, Choice
from chatdesk.kernel.settings.store import Settings
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP

_SECTIONS = {
    "general": QT_TRANSLATE_NOOP("Palette", "Settings: general"),
    "chat": QT_TRANSLATE_NOOP("Palette", "Settings: chat"),
    "servers": QT_TRANSLATE_NOOP("Palette", "Settings: servers"),
    "keyboard": QT_TRANSLATE_NOOP("Palette", "Settings: keyboard"),
    "about": QT_TRANSLATE_NOOP("Palette", "About Chatdesk"),
}


@dataclass(frozen=True, slots=True)
class ExtraCommand:
    """A command without keys of its own. `words` are in the language of the window."""

    key: str
    words: str
    icon: str
    act: Callable[[], object]


def more_commands(
    settings: Settings,
    places: Places,
    show_batch: Callable[[], object],
    chat: ChatPresenter,
    call_doctor: Callable[[], object],
    measure: Callable[[], object],
    open_files: Callable[[], object],
) -> tuple[ExtraCommand, ...]:
    """Return them in the language of now."""
    return (
        ExtraCommand("choose_preset", _say("Choose a preset"), "square-slash", chat.presets.open_popup),
        ExtraCommand("save_chat_as_preset", _say("Save this chat as a preset"), "plus", chat.presets.save_chat),
        ExtraCommand("open_files", _say("Open a saved chat, a preset or a model"), "folder-open", open_files),
        ExtraCommand("batch", _say("Run a preset over many files"), "list-plus", show_batch),
        *(
            ExtraCommand(
                f"thinking.{choice}",
                _say("Think: {how}").format(how=thinking_word(choice)),
                "lightbulb",
                partial(chat.thinking.choose, choice.value),
            )
            for choice in chat.thinking.offered
        ),
        ExtraCommand("models", _say("Manage models"), "cpu", places.models_wanted.emit),
        ExtraCommand("guide", _say("Which DeepSeek model suits this machine"), "cpu", places.show_guide),
        ExtraCommand("doctor", _say("Examine the connection to the server"), "unplug", call_doctor),
        ExtraCommand("speed", _say("Measure the speed of the model"), "chart-line", measure),
        ExtraCommand("desk", _say("Open the translation desk"), "languages", partial(places.show_page, "translation")),
        *(
            ExtraCommand(
                f"settings.{section.name}",
                _say(_SECTIONS[section.name]),
                section.icon,
                partial(places.show_settings, section.name),
            )
            for section in places.sections
            if section.name in _SECTIONS
        ),
        *(_choice("theme", _say("Theme: {choice}"), choice, partial(settings.set, THEME)) for choice in THEME.choices),
        *(
            _choice("language", _say("Language: {choice}"), choice, partial(settings.set, LANGUAGE))
            for choice in LANGUAGE.choices
        ),
    )


def _choice(name: str, words: str, choice: Choice, choose: Callable[[str], object]) -> ExtraCommand:
    said = QCoreApplication.translate("Settings", choice.words)
    return ExtraCommand(
        f"{name}.{choice.value}", words.format(choice=said), "sliders-horizontal", partial(choose, choice.value)
    )


def _say(words: str) -> str:
    return QCoreApplication.translate("Palette", words)


_WORDS = (
    QT_TRANSLATE_NOOP("Palette", "Choose a preset"),
    QT_TRANSLATE_NOOP("Palette", "Save this chat as a preset"),
    QT_TRANSLATE_NOOP("Palette", "Open a saved chat, a preset or a model"),
    QT_TRANSLATE_NOOP("Palette", "Run a preset over many files"),
    QT_TRANSLATE_NOOP("Palette", "Think: {how}"),
    QT_TRANSLATE_NOOP("Palette", "Open the translation desk"),
    QT_TRANSLATE_NOOP("Palette", "Manage models"),
    QT_TRANSLATE_NOOP("Palette", "Which DeepSeek model suits this machine"),
    QT_TRANSLATE_NOOP("Palette", "Examine the connection to the server"),
    QT_TRANSLATE_NOOP("Palette", "Measure the speed of the model"),
    QT_TRANSLATE_NOOP("Palette", "Theme: {choice}"),
    QT_TRANSLATE_NOOP("Palette", "Language: {choice}"),
)
"""For the translation tools, which cannot follow `_say`."""
