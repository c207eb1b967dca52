"""The doctor's list as a value: what is wrong, what to do next; and the report, which holds nothing secret and is never long."""

import pytest

from chatdesk.features.servers.domain import advice
from chatdesk.features.servers.domain.diagnosis import Check, CheckLine, Diagnosis, Progress
from chatdesk.features.servers.domain.finding import (
    Cause,
    Finding,
    Remedy,
    RemedyKind,
    Severity,
    System,
    bad,
    good,
    note,
)
from chatdesk.features.servers.domain.report import report_of
from chatdesk.kernel.errors.base import ServerFailed
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ConnectionOptions, Header, ProxyChoice, ServerConfig, ServerProtocol

OLLAMA = ServerConfig("ollama", "Ollama", "ollama", ServerProtocol.OLLAMA, "http://127.0.0.1:11434")
START = Remedy(RemedyKind.START)
USE = Remedy(RemedyKind.USE_ADDRESS, "http://127.0.0.1:11500")
EDIT = Remedy(RemedyKind.EDIT_SERVER)
CANARY = "sk-CANARY0123456789abcdef"


def diagnosis(*findings: Finding, is_running: bool = False) -> Diagnosis:
    line = CheckLine(Check.LISTENING, Progress.DONE, findings)
    return Diagnosis(OLLAMA, "m", (line,), is_running)


def test_the_first_thing_that_is_wrong_is_the_cause():
    result = diagnosis(good(Cause.INSTALLED), bad(Cause.NOT_RUNNING, START), bad(Cause.NO_ANSWER))
    assert result.cause is not None
    assert result.cause.cause is Cause.NOT_RUNNING


def test_a_note_leaves_it_well():
    assert diagnosis(good(Cause.ANSWERS), note(Cause.OLD_VERSION)).is_well
    assert not diagnosis(good(Cause.ANSWERS), is_running=True).is_well
    assert not diagnosis(bad(Cause.NO_ANSWER)).is_well


@pytest.mark.parametrize(
    ("findings", "best"),
    [
        ((bad(Cause.NOT_RUNNING, START, EDIT), note(Cause.OTHER_PORT, USE)), USE),
        ((bad(Cause.NOT_RUNNING, START, EDIT),), START),
        ((bad(Cause.NOT_INSTALLED, *advice.install(System.LINUX)), bad(Cause.NOBODY_HERE, EDIT)), advice.install(System.LINUX)[0]),
        ((bad(Cause.NO_ANSWER),), None),
    ],
    ids=["seen to answer", "the cause's own", "told", "nothing"],
)  # fmt: skip
def test_a_place_that_was_seen_to_answer_is_the_best_step(findings: tuple[Finding, ...], best: Remedy | None):
    result = diagnosis(*findings)
    assert (result.best[1] if result.best else None) == best


def test_what_was_not_come_to_is_skipped_at_the_end():
    lines = (CheckLine(Check.LISTENING, Progress.DONE), CheckLine(Check.KEY), CheckLine(Check.MODEL, Progress.RUNNING))
    ended = Diagnosis(OLLAMA, lines=lines).finished()
    assert [line.progress for line in ended.lines] == [Progress.DONE, Progress.SKIPPED, Progress.SKIPPED]


def test_a_check_can_say_something_twice_and_keep_what_it_said():
    result = Diagnosis(OLLAMA, lines=(CheckLine(Check.KEY),)).with_line(
        Check.KEY, Progress.DONE, good(Cause.KEY_ACCEPTED)
    )
    assert result.with_line(Check.KEY, Progress.DONE).findings == result.findings


def report(result: Diagnosis, *secrets: str) -> str:
    return report_of(result, "Chatdesk 0.1.0", "Debian GNU/Linux 13", Redactor(secrets))


def test_a_report_masks_what_the_run_knows_as_secret_wherever_it_stands():
    error = ServerFailed("Ollama", "http://127.0.0.1", 500, f"you sent {CANARY}")
    result = diagnosis(
        bad(Cause.UNKNOWN_SERVER, title=f"hi {CANARY}"), Finding(Cause.OTHER_ERROR, Severity.BAD, error=error)
    )
    text = report(result, CANARY)
    assert CANARY not in text
    assert "ServerFailed" in text


def test_a_report_names_headers_and_never_their_values():
    server = ServerConfig(
        "x",
        "X",
        "custom",
        ServerProtocol.OPENAI,
        "http://127.0.0.1/v1",
        headers=(Header("X-Team", "Token team-canary"),),
    )
    text = report(
        Diagnosis(server, lines=(CheckLine(Check.KEY, Progress.DONE, (bad(Cause.MOVED, location="team-canary"),)),))
    )
    assert "X-Team" in text
    assert "team-canary" not in text


def test_a_report_has_no_half_of_a_secret_where_a_fact_is_cut():
    text = report(diagnosis(bad(Cause.UNKNOWN_SERVER, title="x " * 195 + "team-canary-0123")), "team-canary-0123")
    assert "team" not in text


@pytest.mark.parametrize(
    "said",
    [
        "http://n8n.lab/webhook/team%20canary/0d6ac0b5/chat",
        "POST team%20canary/0d6ac0b5/chat",
        "POST team canary/0d6ac0b5/chat",
        "0d6ac0b5",
    ],
)
def test_a_report_masks_the_path_of_a_webhook_however_much_of_it_is_said(said: str):
    address = "http://n8n.lab/webhook/team%20canary/0d6ac0b5/chat"
    server = ServerConfig("x", "X", "n8n", ServerProtocol.N8N, address)
    error = ServerFailed("X", address, 500, said, reply=said)
    findings = (Finding(Cause.OTHER_ERROR, Severity.BAD, error=error), bad(Cause.MOVED, location=said))
    text = report(Diagnosis(server, lines=(CheckLine(Check.ANSWERING, Progress.DONE, findings),)))
    assert "canary" not in text
    assert "0d6ac0b5" not in text
    assert "n8n.lab" in text


def test_a_report_is_of_lines_and_bounded_whatever_a_server_says():
    text = report(diagnosis(bad(Cause.UNKNOWN_SERVER, title="x" * 100_000, program="a\nbad: forged")))
    assert len(text) < 2000
    assert "\nbad: forged" not in text


def test_a_report_says_how_the_server_is_reached():
    connection = ConnectionOptions(ProxyChoice.ADDRESS, "http://proxy.lab:3128", ca_file="/home/me/ca.pem")
    server = ServerConfig("x", "X", "custom", ServerProtocol.OPENAI, "https://llm.lab/v1", connection=connection)
    text = report(Diagnosis(server))
    assert "http://proxy.lab:3128" in text
    assert "/home/me" not in text, "where a person keeps files is nobody's business"


@pytest.mark.parametrize(
    ("platform", "system"),
    [("linux", System.LINUX), ("darwin", System.MACOS), ("win32", System.WINDOWS), ("freebsd14", System.LINUX)],
)
def test_each_system_has_its_advice(platform: str, system: System):
    assert advice.system_of(platform) is system
    page, command = advice.install(system)
    assert page.value.startswith("https://ollama.com/")
    assert command.kind is RemedyKind.RUN_COMMAND
