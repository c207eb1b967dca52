"""What must be the same in a translation."""

import time

import pytest

from chatdesk.features.translation.domain.format_check import format_problems
from chatdesk.features.translation.domain.glossary import Glossary, Term
from chatdesk.features.translation.domain.review import NotTranslated, OtherLanguage, TermProblem, review


def problems(source: str, result: str) -> list[str]:
    return [("-" if problem.missing else "+") + problem.mark.text for problem in format_problems(source, result)]


@pytest.mark.parametrize(
    ("source", "result", "expected"),
    [
        ("Hello {name}", "Hallo {name}", []),
        ("Hello {name}", "Hallo {Name}", ["-{name}", "+{Name}"]),
        ("%s of %1$d, ${x} {{y}}", "%1$d von ${x}", ["-%s", "-{{y}}"]),
        ("50% discount", "50 % Rabatt", []),
        ("100%sure", "100%sure", []),
        ("<b>Hi</b> <br/>", "<b>Hallo <br>", ["-</b>"]),
        ('<a href="x" title="Open">a</a>', '<a href="x" title="Öffnen">b</a>', []),
        ("See https://a.org/x.", "Siehe https://a.org/y.", ["-https://a.org/x", "+https://a.org/y"]),
        ("[home](/index)", "[Start](/index)", []),
        ("[home](/index)", "Start", ["-/index"]),
        ("**bold** and `code`", "**fett** und `code`", []),
        ("**bold** and `code`", "fett und `Kode`", ["-**", "-code", "+Kode"]),
        ("1,250.50 euros in 2024", "1.250,50 Euro in 2024", []),
        ("In 2024", "In 2042", ["-2024", "+2042"]),
        ("three of 3", "drei von drei", []),
        ("10,000 people", "一万人", []),
        ("| a | b |", "| a |", ["-|"]),
        ("one\n> two", "eins\n> zwei", []),
    ],
)
def test_missing_and_added_marks_are_reported(source: str, result: str, expected: list[str]) -> None:
    assert problems(source, result) == expected


def test_how_often_a_mark_is_missing_is_counted() -> None:
    (problem,) = format_problems("{a} {a} {a}", "{a}")
    assert problem.count == 2


_PIECES = ("{", "<a ", "`", "%", "[](", "1,", "{{", "**", "${", '](x "', "http://", "%(", "``a", "> ", "|")


@pytest.mark.parametrize("piece", _PIECES)
def test_hostile_text_is_read_in_time(piece: str) -> None:
    """Ten times what it takes; where the time grew with the square of the length it took longer."""
    begun = time.process_time()
    format_problems(piece * 300_000, "x")
    assert time.process_time() - begun < 5


def test_code_begins_where_its_backticks_do() -> None:
    assert problems("``a` b", "x") == []


ENGLISH_TO_GERMAN = ("en", "de")


def test_a_review_tells_of_terms_and_of_what_was_not_translated() -> None:
    glossary = Glossary((Term("server", "Rechner"),))
    assert review("A server {x}", "Ein Dienst {x}", glossary, ENGLISH_TO_GERMAN) == (TermProblem(glossary.terms[0]),)
    same = review("This is one whole sentence.", "This is one whole  sentence.", glossary, ENGLISH_TO_GERMAN)
    assert same == (NotTranslated(),)
    assert review("Chatdesk", "Chatdesk", glossary, ENGLISH_TO_GERMAN) == ()
    assert review("A server", " ", glossary, ENGLISH_TO_GERMAN) == ()


def test_an_answer_in_the_language_of_the_source_is_reported() -> None:
    answer = "This sentence requires a verb to make it grammatically correct."
    assert review("Where is it?", answer, Glossary(), ENGLISH_TO_GERMAN) == (OtherLanguage("de"),)
    assert review("Where is it?", answer, Glossary(), ("en", "en")) == ()
    assert review("Where is it?", answer, Glossary(), ("en", "da")) == ()  # nobody could tell
    german = "Dieser Satz braucht ein Verb, damit er grammatisch richtig ist."
    assert review("Where is it?", german, Glossary(), ENGLISH_TO_GERMAN) == ()
