"""Going to what a search found."""

import pytest

from chatdesk.features.chat.ui.transcript.page.selection.selected_text import selected_text
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import answer, question, short_chat

LONG = "\n\n".join(f"Paragraph {number} is here." for number in range(200))


def selected(reader: Reader) -> str:
    selection = reader.view.selection
    return selected_text(reader.view.document, selection) if selection else ""


def test_the_words_found_are_selected_and_in_view(reader: Reader) -> None:
    reader.show([question("Number them"), answer(LONG, 2), question("And?", 3), answer(LONG, 4)])
    reader.view.show_text("m2", "Paragraph 120")
    assert selected(reader) == "Paragraph 120"
    assert 0 < reader.place_of(1, "Paragraph 120").y() < reader.view.viewport().height() // 2
    assert not reader.at_end


def test_they_stay_in_view_while_an_answer_grows_below(reader: Reader) -> None:
    reader.show([question("Number them"), answer(LONG, 2)])
    reader.view.show_text("m2", "Paragraph 120")
    before = reader.place_of(1, "Paragraph 120")
    reader.view.add_message(answer("More", 3))
    assert reader.place_of(1, "Paragraph 120") == before


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("A **bold** claim", "bold", "bold"),
        ("concatenate the cat", "cat", "cat"),
        ("只有中文在这里", "中文", "中文"),
        ("🙂🙂 then words", "words", "words"),
        ("```python\nprint(1)\n```", "print", "print"),
        ("split **be**tween", "between", "between"),
    ],
)
def test_words_are_found_as_they_are_shown(reader: Reader, text: str, query: str, found: str) -> None:
    reader.show([question("?"), answer(text, 2)])
    reader.view.show_text("m2", query)
    assert selected(reader) == found


def test_a_word_of_its_own_is_rather_selected_than_one_within_another(reader: Reader) -> None:
    reader.show([question("?"), answer("concatenate the cat", 2)])
    reader.view.show_text("m2", "cat")
    assert reader.view.selection.start.offset == len("concatenate the ")


def test_words_that_are_nowhere_lead_to_the_top_of_the_message(reader: Reader) -> None:
    reader.show([question("Number them"), answer(LONG, 2), question("And?", 3), answer(LONG, 4)])
    reader.view.show_text("m3", "nowhere")
    assert selected(reader) == ""
    assert 0 <= reader.rect(2).top() < reader.view.viewport().height() // 4


def test_a_folded_question_unfolds_for_words_in_it(reader: Reader) -> None:
    reader.show([question(LONG.replace("\n\n", "\n"), 1), answer("Yes.", 2)])
    reader.view.show_text("m1", "Paragraph 150")
    assert selected(reader) == "Paragraph 150"
    assert 0 < reader.place_of(0, "Paragraph 150").y() < reader.view.viewport().height() // 2


def test_a_message_that_is_not_here_is_passed_over(reader: Reader) -> None:
    reader.show(short_chat())
    reader.view.show_text("elsewhere", "words")
    assert selected(reader) == ""
