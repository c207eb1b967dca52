"""Every finding and every button has words, in which what strangers say of themselves is one harmless line."""

import string

import pytest

from chatdesk.features.servers.domain.diagnosis import Check, CheckLine, Diagnosis, Progress
from chatdesk.features.servers.domain.finding import Cause, Finding, Remedy, RemedyKind, Severity
from chatdesk.features.servers.ui.doctor import doctor_texts as doctor_words
from chatdesk.features.servers.ui.doctor.check_row import remedy_icon, remedy_text
from chatdesk.features.servers.ui.doctor.doctor_texts import finding_text, heading_text, progress_text
from chatdesk.kernel.errors.base import ServerFailed
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol

OLLAMA = ServerConfig("ollama", "Ollama", "ollama", ServerProtocol.OLLAMA, "http://127.0.0.1:11434")
MADE_HERE = {"server", "answer", "unknown_server"}
HOSTILE = ("a\nb\u2028c", "\u202ereversed", "x" * 10_000, "{server}", "<b>bold</b>")


def facts_of(cause: Cause) -> set[str]:
    """The names that the words of a cause need."""
    parts = (part for text in doctor_words._SENTENCES[cause] for part in string.Formatter().parse(text))
    return {name for _, name, _, _ in parts if name} - MADE_HERE


def test_every_cause_has_a_sentence() -> None:
    assert set(doctor_words._SENTENCES) == set(Cause) - {Cause.OTHER_ERROR}


@pytest.mark.parametrize("cause", sorted(set(Cause) - {Cause.OTHER_ERROR}))
@pytest.mark.parametrize("value", HOSTILE, ids=["breaks", "reversed", "10 KB", "braces", "HTML"])
def test_what_strangers_say_is_one_short_line_of_it(cause: Cause, value: str) -> None:
    sentence, meaning = finding_text(Finding(cause, Severity.BAD, dict.fromkeys(facts_of(cause), value)), OLLAMA)
    for text in (sentence, meaning):
        assert not set(text) & {"\n", "\u2028", "\u202e"}
        assert len(text) < 800


def test_an_error_is_worded_as_errors_are() -> None:
    error = ServerFailed("Ollama", OLLAMA.base_url, 500, "out of memory")
    assert finding_text(Finding(Cause.OTHER_ERROR, Severity.BAD, error=error), OLLAMA) == (
        "Ollama reported an internal error.",
        "out of memory",
    )


@pytest.mark.parametrize("kind", list(RemedyKind))
def test_every_button_has_words(kind: RemedyKind) -> None:
    text = remedy_text(Remedy(kind, "qwen3\n:8b"))
    assert text
    assert "\n" not in text
    assert isinstance(remedy_icon(Remedy(kind)), str)


@pytest.mark.parametrize("check", list(Check))
def test_every_check_says_what_it_does(check: Check) -> None:
    assert progress_text(check).endswith("…")


@pytest.mark.parametrize("cause", list(Cause))
def test_the_head_names_the_server(cause: Cause) -> None:
    line = CheckLine(Check.LISTENING, Progress.DONE, (Finding(cause, Severity.BAD),))
    assert "Ollama" in heading_text(Diagnosis(OLLAMA, lines=(line,), is_running=False))
