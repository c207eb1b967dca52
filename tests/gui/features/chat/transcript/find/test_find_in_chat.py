"""Finding in the chat: what one types, sees and hears."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of
from chatdesk.features.chat.ui.transcript.messages.message_item import REASONING, TEXT
from chatdesk.features.chat.ui.transcript.page.selection.selected_text import selected_text
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.stream_events import ReasoningDelta, TextDelta
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.icon_button import IconButton
from tests.fakes.fixed_preferences import FixedPreferences
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.find.conftest import Finding
from tests.gui.features.chat.transcript.sample_chat import CHINESE, answer, full_chat, question
from tests.gui.features.chat.transcript.sample_chat import REASONING as THOUGHTS

LONG = "\n\n".join(f"Paragraph {number} is here." for number in range(200))
MANY_LINES = "\n".join(f"Line {number} of a question" for number in range(60))


def two_long_answers() -> list:
    return [question("Number them"), answer(LONG, 1), question("Again", 2), answer(LONG, 3)]


def test_the_bar_opens_with_the_keyboard_in_it_and_esc_closes_it(finding: Finding) -> None:
    finding.reader.show(full_chat())
    finding.view.setFocus()
    assert not finding.is_open
    finding.view.open_find_bar()
    assert finding.is_open
    assert finding.field.hasFocus()
    finding.press(Qt.Key.Key_Escape)
    assert not finding.is_open
    assert finding.view.hasFocus()


def test_the_count_says_which_of_how_many_and_enter_goes_round(finding: Finding) -> None:
    finding.reader.show([question("one cat"), answer("cat and **cat**\n\n```\ncat\n```", 1)])
    finding.look_for("cat")
    assert finding.count == "1 of 4"
    assert finding.current() == (0, "cat")
    finding.press(Qt.Key.Key_Return)
    assert finding.count == "2 of 4"
    for _ in range(3):
        finding.press(Qt.Key.Key_Return)
    assert finding.count == "1 of 4"
    finding.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert finding.count == "4 of 4"
    finding.view.find_next()
    assert finding.count == "1 of 4"
    finding.view.find_previous()
    assert finding.count == "4 of 4"


def test_words_are_found_as_they_are_shown(finding: Finding) -> None:
    finding.reader.show([question("?"), answer("Some **bold** word, and [a link](https://example.org) too", 1)])
    finding.look_for("bold word")
    assert finding.count == "1 of 1"
    finding.field.setText("a link too")
    finding.wait()
    assert finding.count == "1 of 1"
    finding.field.setText("**bold**")
    finding.wait()
    assert finding.count == "No results"
    finding.field.setText("")
    assert finding.count == ""


def test_chinese_is_found(finding: Finding) -> None:
    finding.reader.show([question("用中文"), answer(CHINESE, 1)])
    finding.look_for("复利")
    assert finding.count == "1 of 2"
    assert finding.current() == (1, "复利")


def test_case_and_whole_words_can_matter(finding: Finding) -> None:
    finding.reader.show([question("?"), answer("Cat cat concatenate", 1)])
    finding.look_for("cat")
    assert finding.count == "1 of 3"
    toggles = [button for button in finding.view.findChildren(IconButton) if button.isCheckable()]
    case, whole = toggles
    case.click()
    finding.wait()
    assert finding.count == "1 of 2"
    whole.click()
    finding.wait()
    assert finding.count == "1 of 1"
    case.click()
    finding.wait()
    assert finding.count == "1 of 2"


def test_the_first_hit_is_the_first_from_where_one_reads(finding: Finding) -> None:
    finding.reader.show(two_long_answers())
    finding.view.show_text("m1", "Paragraph 100")
    finding.view._surface.select(None)
    finding.look_for("Paragraph 150")
    assert finding.current()[0] == 1
    assert finding.is_seen()
    finding.press(Qt.Key.Key_Return)
    assert finding.current()[0] == 3
    assert finding.is_seen()


def test_behind_the_last_hit_one_begins_again(finding: Finding) -> None:
    finding.reader.show([question("only here"), answer(LONG, 1)])
    finding.look_for("only here")
    assert finding.count == "1 of 1"
    assert finding.is_seen()


def test_esc_leads_back_to_where_one_was(finding: Finding) -> None:
    finding.reader.show(two_long_answers())
    finding.view.show_text("m1", "Paragraph 20 ")
    finding.view._surface.select(None)
    before = finding.reader.scroll
    finding.look_for("Paragraph 150")
    assert finding.reader.scroll != before
    finding.press(Qt.Key.Key_Escape)
    assert finding.reader.scroll == before


def test_who_has_gone_on_by_hand_stays_there(finding: Finding) -> None:
    finding.reader.show(two_long_answers())
    finding.look_for("Paragraph 20 ")
    finding.reader.wheel(3)
    here = finding.reader.scroll
    finding.press(Qt.Key.Key_Escape)
    assert finding.reader.scroll == here


def test_closing_stays_with_the_hit_selected(finding: Finding) -> None:
    finding.reader.show(two_long_answers())
    finding.look_for("Paragraph 20 ")
    here = finding.reader.scroll
    finding.find.close()
    selection = finding.view.selection
    assert selection
    assert selected_text(finding.view.document, selection) == "Paragraph 20"
    assert finding.reader.scroll == here


def test_what_is_selected_is_looked_for(finding: Finding) -> None:
    finding.reader.show(two_long_answers())
    finding.view.show_text("m1", "Paragraph 42")
    finding.view.open_find_bar()
    assert finding.field.text() == "Paragraph 42"
    finding.wait()
    assert finding.count == "1 of 2"
    assert finding.current() == (1, "Paragraph 42")


def test_folded_reasoning_unfolds_while_the_hit_is_in_it_and_folds_back(finding: Finding) -> None:
    finding.reader.show(
        [question("How much?"), answer("The visible comparison.", 1, reasoning=THOUGHTS), question("visible", 2)]
    )
    item = finding.view.document[1]
    assert item.column(REASONING) is None
    finding.look_for("visible")
    hits = finding.find.finder.hits(1)
    assert [hit.part for hit in hits] == [0, 1]
    while finding.find.current != hits[0]:
        finding.press(Qt.Key.Key_Return)
    assert item.column(REASONING) is not None
    assert finding.is_seen()
    finding.press(Qt.Key.Key_Return)
    assert finding.find.current == hits[1]
    assert item.column(REASONING) is None
    finding.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert item.column(REASONING) is not None
    finding.press(Qt.Key.Key_Escape)
    assert item.column(REASONING) is None


def test_a_folded_question_unfolds_only_for_what_it_hides(finding: Finding) -> None:
    finding.reader.show([question(MANY_LINES), answer("Yes.", 1)])
    folded = finding.reader.rect(0).height()
    finding.look_for("Line 3 ")
    assert finding.reader.rect(0).height() == folded
    finding.field.setText("Line 55")
    finding.wait()
    assert finding.reader.rect(0).height() > folded
    assert finding.is_seen()
    finding.press(Qt.Key.Key_Escape)
    assert finding.reader.rect(0).height() == folded


def test_the_count_grows_with_an_answer_and_nothing_moves(finding: Finding, qtbot) -> None:
    finding.reader.show([question("Tell of a cat"), answer(LONG + "\n\na cat", 1)])
    finding.view.add_message(question("More", 2))
    finding.view.add_message(answer("", 3, state=MessageState.STREAMING))
    finding.look_for("cat")
    assert finding.count == "1 of 2"
    finding.press(Qt.Key.Key_Return)
    hit, y = finding.find.current, finding.y()
    finding.view.grow("m3", (ReasoningDelta("One cat, "),))
    finding.view.grow("m3", (TextDelta("another **c**"),))
    finding.view.grow("m3", (TextDelta("at"),))
    finding.view.grow("m3", (TextDelta(" and a\n\ncat."),))
    qtbot.waitUntil(lambda: finding.count == "2 of 5")
    assert (finding.find.current, finding.y()) == (hit, y)
    finding.view.change_message(answer("another **c**at and a\n\ncat.", 3, reasoning="One cat, "))
    finding.wait()
    assert finding.count == "2 of 5"
    assert (finding.find.current, finding.y()) == (hit, y)


def test_a_message_that_comes_is_looked_through(finding: Finding) -> None:
    finding.reader.show([question("a cat"), answer("none", 1)])
    finding.look_for("cat")
    finding.view.add_message(question("another cat", 2))
    finding.wait()
    assert finding.count == "1 of 2"


def test_another_version_of_an_answer_has_its_own_hits(finding: Finding) -> None:
    finding.reader.show([question("a cat"), answer("cat cat", 1)])
    finding.look_for("cat")
    finding.reader.show([question("a cat"), answer("one cat", 5)])
    finding.wait()
    assert finding.count == "1 of 2"


def test_another_chat_is_not_searched(finding: Finding) -> None:
    finding.reader.show([question("a cat"), answer("cat cat", 1)])
    finding.look_for("cat")
    finding.reader.show([question("a cat", 0, "other")])
    assert not finding.is_open
    assert finding.find.marks_of(0) == {}


@pytest.mark.parametrize("change", ["width", "zoom", "scheme"])
def test_hits_stay_exact_when_everything_is_set_anew(change: str, finding: Finding, appearance: Appearance) -> None:
    finding.reader.show(two_long_answers())
    finding.look_for("Paragraph 150")
    match change:
        case "width":
            finding.view.resize(600, 640)
        case "zoom":
            appearance.set_zoom(200)
        case "scheme":
            appearance.set_scheme("dark")
    assert finding.current() == (1, "Paragraph 150")
    assert finding.is_seen()
    color = appearance.theme.color("findCurrent")
    image = finding.reader.look()
    y = finding.y()
    # The pen darkens or lightens: the page's own blue may be the stronger one.
    seen = {image.pixelColor(x, y).getRgb()[:2] for x in range(image.width())}
    assert color.getRgb()[:2] in seen


def test_all_hits_are_marked_and_the_current_one_stronger(finding: Finding, appearance: Appearance) -> None:
    text = "A cat here.\n\n```\nsome cat\n```\n\n| a | b |\n|---|---|\n| x | cat |"
    finding.reader.show([question("?"), answer(text, 1)])
    before = finding.reader.look()
    finding.look_for("cat")
    image = finding.reader.look()
    found = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(0, image.height(), 3)}
    assert appearance.theme.color("findHit").name() in found
    assert appearance.theme.color("findCurrent").name() in found
    finding.press(Qt.Key.Key_Escape)
    finding.view.setFocus()
    assert finding.reader.look() == before


def test_the_count_is_said_aloud(finding: Finding, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        "chatdesk.features.chat.ui.transcript.find.find_bar.QAccessible.updateAccessibility",
        lambda event: said.append(event.message()),
    )
    finding.reader.show([question("a cat"), answer("cat", 1)])
    finding.look_for("cat")
    assert said[-1] == "1 of 2"
    finding.press(Qt.Key.Key_Return)
    assert said[-1] == "2 of 2"


def test_a_hit_beyond_the_edge_of_code_is_scrolled_to(finding: Finding) -> None:
    finding.reader.show([question("?"), answer("```\n" + "x = 1; " * 60 + "needle\n```", 1)])
    finding.look_for("needle")
    leaf = finding.view.document[1].column(1)._leaves[0]
    assert leaf.layout._horizontal_scroll.value > 0


def test_the_bar_fits_into_a_narrow_view(make_reader: Callable[..., Reader], preferences: FixedPreferences) -> None:
    reader = make_reader(width=400)
    reader.show(full_chat())
    reader.view.open_find_bar()
    bar = reader.view._find_bar
    assert bar.geometry().left() >= -20
    assert bar.geometry().right() <= 420
    reader.view._find.close()


def test_tab_leads_from_the_chat_into_the_bar_whatever_was_made_before(reader: Reader) -> None:
    reader.show([question("Tell me")])
    later = QPushButton(reader.view)
    later.show()
    reader.view.open_find_bar()
    following = reader.view.nextInFocusChain()
    while not following.focusPolicy() & Qt.FocusPolicy.TabFocus:
        following = following.nextInFocusChain()
    assert following.objectName() == "findField"
    reader.view._find.close()


FOLDED = "before\n\n<details>\n<summary>The head</summary>\n\nhidden words\n</details>\n\nafter"
NESTED = "<details><summary>Outer</summary>\n\n<details><summary>Inner</summary>inner words</details>\n</details>"


def is_shown(reader: Reader, words: str) -> bool:
    """Whether the block with these words has a height."""
    column = reader.view.document[1].column(TEXT)
    assert column is not None
    number = next(number for number, block in enumerate(column.blocks) if words in text_of(block))
    return not column.is_hidden(number)


def test_find_opens_the_section_of_a_hit_and_folds_it_back(finding: Finding) -> None:
    reader = finding.reader
    reader.show([question("Go"), answer(FOLDED)])

    finding.look_for("hidden")
    assert finding.count == "1 of 1"
    assert is_shown(reader, "hidden words")

    finding.look_for("after")
    assert not is_shown(reader, "hidden words")


def test_find_opens_sections_in_each_other(finding: Finding) -> None:
    finding.reader.show([question("Go"), answer(NESTED)])

    finding.look_for("inner words")

    assert is_shown(finding.reader, "inner words")
