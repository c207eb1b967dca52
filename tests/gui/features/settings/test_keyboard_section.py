"""The table of keys, to read."""

from collections import Counter

from chatdesk.features.settings.ui.keyboard_section import GROUPS, KeyboardSection
from chatdesk.ui_kit.shortcuts import SHORTCUTS, CommandId
from chatdesk.ui_kit.style.appearance import Appearance
from tests.gui.features.settings.settings_harness import all_texts


def test_every_command_is_in_one_group() -> None:
    counted = Counter(command for _, commands in GROUPS for command in commands)
    assert counted == Counter(CommandId)


def test_every_key_is_shown_with_what_it_does(appearance: Appearance, qtbot) -> None:
    section = KeyboardSection(appearance)
    qtbot.addWidget(section)
    texts = all_texts(section)
    for shortcut in SHORTCUTS:
        assert shortcut.words in texts
        assert set(shortcut.keys) <= set(texts)
