"""Terms in texts, and terms that were not used."""

import pytest

from chatdesk.features.translation.domain.glossary import Glossary, Term

SERVER = Term("server", "Rechner | Server")
GLOSSARY = Glossary(
    (
        SERVER,
        Term("mail server", "Mailserver"),
        Term("US", "USA", case_sensitive=True),
        Term("模型", "model"),
        Term("AI", "KI"),
    )
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Server and servers.", ["Server", "servers"]),
        ("A mail server runs.", ["mail server"]),
        ("observer, serverless", []),
        ("US and us", ["US"]),
        ("大模型很好", ["模型"]),
        ("用AI翻译", ["AI"]),
        ("said AIM", []),
        ("İserver", []),
    ],
)
def test_terms_are_found_as_words(text: str, found: list[str]) -> None:
    assert [text[each.start : each.end] for each in GLOSSARY.find(text)] == found


@pytest.mark.parametrize(
    ("source", "result", "missing"),
    [
        ("A server.", "Ein Rechner.", []),
        ("A server.", "Der Servers", []),
        ("A server.", "Ein Dienst.", ["server"]),
        ("the US", "die Usa", ["US"]),
        ("大模型很好", "Large models are good", []),
        ("大模型很好", "It is good", ["模型"]),
        ("nothing", "nichts", []),
    ],
)
def test_a_term_that_is_called_something_else_is_reported(source: str, result: str, missing: list[str]) -> None:
    assert [term.source for term in GLOSSARY.unused_terms(source, result)] == missing


def test_a_term_without_a_target_says_nothing() -> None:
    assert Glossary((Term("x", " "), Term("", "y"))).find("x y") == ()


def test_thousands_of_terms_are_looked_up_at_once() -> None:
    large = Glossary(Term(f"term{number}", "x") for number in range(5_000))
    assert [each.term.source for each in large.find("word term4999 " * 50)] == ["term4999"] * 50
