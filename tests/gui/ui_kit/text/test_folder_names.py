"""The names of folders for display."""

from chatdesk.ui_kit.text.folder_names import QUICK_QUESTIONS, shown_folder_name
from chatdesk.ui_kit.translations import Translations


def test_the_folder_of_quick_questions_follows_the_language_until_it_is_renamed(translations: Translations) -> None:
    translations.use("zh_CN")
    assert shown_folder_name(QUICK_QUESTIONS) == "快速提问"
    assert shown_folder_name("Quick notes") == "Quick notes"
    translations.use("en")
    assert shown_folder_name(QUICK_QUESTIONS) == "Quick questions"


def test_a_name_is_one_line_and_never_empty() -> None:
    assert shown_folder_name("a\nb\u202e") == "a b"
    assert shown_folder_name("") == "Folder"
