"""The Chat section of the settings: how messages are sent and answers are shown."""

import re
import shlex
from collections.abc import Iterable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.servers.services.embedders import AUTOMATIC, WORDS, Embedders
from chatdesk.kernel.chat.custom_think_tags import MAX_CUSTOM_TAGS, OwnTags, from_record, to_record
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.think_tags import MAX_TAG_LENGTH, TagFault, ThinkTags
from chatdesk.kernel.settings.declarations import (
    ANNOUNCE,
    ATTACH_LONG_TEXT,
    DRAW_DIAGRAMS,
    EXPORT_REASONING,
    FIND_PASSAGES_BY,
    FIX_AT_ONCE,
    NOTIFY,
    NUMBER_CODE,
    OPEN_PREVIEWS,
    REASONING,
    REASONING_TAGS,
    SEND_KEY,
    TITLES,
    TITLES_ONLINE,
    WRAP_CODE,
)
from chatdesk.kernel.settings.store import SettingChanged, Settings
from chatdesk.kernel.text.safe_line import safe_line
from chatdesk.ui_kit.forms.lines_edit import LinesEdit
from chatdesk.ui_kit.forms.section_page import SectionPage
from chatdesk.ui_kit.forms.settings_card import ListControl, SettingsCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label

# Reasoning tags as the user enters them, one pair per line: the model, the opening and the closing tag.

_PLAIN = re.compile(r"[^\s\"'\\]+")


@dataclass(frozen=True, slots=True)
class TagLines:
    """Parsed reasoning tags.

    `wrong_line` is the first invalid line; `fault` is None if that does not have three entries.
    """

    own: tuple[OwnTags, ...] = ()
    wrong_line: str = ""
    fault: TagFault | None = None
    too_many: bool = False


def parse_tag_lines(text: str) -> TagLines:
    """Return the pairs of tags in a text; empty lines are ignored. Entries with spaces are quoted."""
    own_tags: list[OwnTags] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        try:
            entries = shlex.split(line)
        except ValueError:
            entries = []
        if len(entries) != 3 or not entries[0].strip():
            return TagLines(wrong_line=line)
        each = OwnTags(entries[0].strip(), ThinkTags(entries[1], entries[2]))
        if each.tags.fault:
            return TagLines(wrong_line=line, fault=each.tags.fault)
        own_tags.append(each)
    return TagLines(too_many=True) if len(own_tags) > MAX_CUSTOM_TAGS else TagLines(tuple(own_tags))


def tag_text(own_tags: Iterable[OwnTags]) -> str:
    """Return pairs of tags as lines of text."""
    return "\n".join(" ".join(map(_quoted, (each.models, each.tags.opening, each.tags.closing))) for each in own_tags)


def _quoted(entry: str) -> str:
    """Return an entry, quoted if it would not be parsed as one otherwise."""
    return entry if _PLAIN.fullmatch(entry) else shlex.quote(entry)


_SAVE_DELAY = 400
"""Milliseconds from a key press to its saving, however long the typing goes on."""
_MAX_NAME = 40
"""Maximum number of characters of a model's name in a combo box."""
_EXAMPLE = "my-model <musing> </musing>"


class TagsRow(Translated, QWidget):
    """The setting "Reasoning tags": the user's own pairs of tags, saved as soon as all of them are valid.

    Invalid text stays in the field, marked and explained, while the saved tags stay in effect.
    """

    def __init__(self, appearance: Appearance, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._settings = settings
        self._title = Label(appearance, "ui", "text", wrap=True)
        self._help = Label(appearance, "caption", "textTertiary", wrap=True)
        self._lines = LinesEdit(appearance, self)
        self._lines.edit.setObjectName("reasoningTags")
        self._lines.edit.setPlaceholderText(_EXAMPLE)
        self._problem = Label(appearance, "caption", "danger", self, wrap=True)
        self._problem.setObjectName("reasoningTagsProblem")
        self._title.setBuddy(self._lines)
        self._layout = QVBoxLayout(self)
        for widget in (self._title, self._help, self._lines, self._problem):
            self._layout.addWidget(widget)
        self._timer = QTimer(self, singleShot=True, interval=_SAVE_DELAY)
        self._timer.timeout.connect(self._save)
        self._show()
        self._lines.edit.textChanged.connect(self._on_text_changed)
        self.destroyed.connect(settings.changes.subscribe(self._on_setting))
        appearance.bind(self._restyle)
        self._retranslate()

    def _on_text_changed(self) -> None:
        self._show_problem()
        if not self._timer.isActive():
            self._timer.start()

    def _save(self) -> None:
        parsed = parse_tag_lines(self._lines.edit.toPlainText())
        if not parsed.wrong_line and not parsed.too_many:
            self._settings.set(REASONING_TAGS, to_record(parsed.own))

    def _show(self) -> None:
        self._lines.edit.setPlainText(tag_text(from_record(self._settings.get(REASONING_TAGS))))

    def _on_setting(self, change: SettingChanged) -> None:
        if change.key == REASONING_TAGS.key and not self._lines.edit.hasFocus():
            self._show()

    def _show_problem(self) -> None:
        text = self._problem_text(parse_tag_lines(self._lines.edit.toPlainText()))
        self._lines.set_invalid(invalid=bool(text))
        self._problem.set_text(text)
        self._problem.setVisible(bool(text))

    def _problem_text(self, parsed: TagLines) -> str:
        if parsed.too_many:
            return self.tr("Too many tags")
        if not parsed.wrong_line:
            return ""
        reason = {
            None: self.tr("Each line needs three entries: model, opening tag, closing tag"),
            TagFault.EMPTY: self.tr("A tag must have at least three characters"),
            TagFault.TOO_LONG: self.tr("A tag can have at most {count} characters").format(count=MAX_TAG_LENGTH),
            TagFault.BROKEN: self.tr("A tag cannot contain ` or ~, or start or end with a space"),
            TagFault.ALIKE: self.tr("The two tags must differ, and neither can contain the other"),
        }[parsed.fault]
        return f"{parsed.wrong_line[:60]}: {reason}"

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side = theme.length("l")
        self._layout.setContentsMargins(side, theme.length("s"), side, theme.length("m"))
        self._layout.setSpacing(theme.length("xs"))

    def _retranslate(self) -> None:
        self._title.set_text(self.tr("Reasoning tags"))
        self._help.set_text(
            self.tr(
                "For models that mark reasoning with tags unknown to Chatdesk. One model per line: name, opening "
                "tag, closing tag. Use * as a wildcard."
            )
        )
        self._lines.edit.setAccessibleName(self.tr("Reasoning tags"))
        self._show_problem()

    def hideEvent(self, event: QHideEvent) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._save()
        super().hideEvent(event)


class ChatSection(Translated, SectionPage):
    """The Chat section: declared settings, the models that find passages, and the reasoning tags."""

    def __init__(
        self, appearance: Appearance, settings: Settings, embedders: Embedders, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, parent)
        self._embedders = embedders
        self._finders = ListControl(appearance, FIND_PASSAGES_BY, self._finder_values(), self._finder_words, self)
        self.destroyed.connect(embedders.changes.subscribe(lambda _change: self._on_models()))
        card = SettingsCard(appearance, settings, self)
        card.add(SEND_KEY)
        card.add(ATTACH_LONG_TEXT)
        card.add_controls(self._finders)
        card.add(TITLES)
        card.add(TITLES_ONLINE)
        card.add(REASONING)
        card.add(EXPORT_REASONING)
        card.add_row(TagsRow(appearance, settings, self))
        card.add(WRAP_CODE)
        card.add(NUMBER_CODE)
        card.add(DRAW_DIAGRAMS)
        card.add(OPEN_PREVIEWS)
        card.add(FIX_AT_ONCE)
        card.add(NOTIFY)
        card.add(ANNOUNCE)
        self.column.addWidget(card)
        self._retranslate()

    def _retranslate(self) -> None:
        self.set_labels(self.tr("Chat"))

    def _on_models(self) -> None:
        self._finders.set_values(self._finder_values())

    def _finder_values(self) -> tuple[str, ...]:
        return (AUTOMATIC, WORDS, *(model.value for model in self._embedders.models()))

    def _finder_words(self, value: str) -> str:
        if value == WORDS:
            return self.tr("Words")
        if value == AUTOMATIC:
            model = self._embedders.automatic()
            name = safe_line(model.name, _MAX_NAME) if model else self.tr("words")
            return self.tr("Automatic ({model})").format(model=name)
        name = next((model.name for model in self._embedders.models() if model.value == value), "")
        if not name:
            return self.tr("{model} (not available)").format(model=safe_line(value.partition(":")[2], _MAX_NAME))
        return safe_line(name, _MAX_NAME)
