"""Every way in which a server fails: what is kept, which error it is, and what a person reads, in the window and on the command line.

The numbers are those of docs/fault-proof.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.servers.server import ServerProtocol
from tests.fakes.scripted_server import Pause, Request, Reset, Step, chunk, head, reply
from tests.gui.faults.fault_harness import DONE, OLLAMA, OPENAI, FaultHarness, cut, line, lines, says, sse

FIFTY = [f"w{number} " for number in range(50)]
LOGIN = "<html><head><title>Sign in</title><script>alert(1)</script></head><body><b>Pay</b></body></html>"

GATEWAY = "<html><title>boom</title><script>x</script></html>"


@dataclass(frozen=True)
class Outcome:
    """An error: its type, the sentence in the window, a part of the one on the command line, and the best next step."""

    kind: str
    window: str
    console: str
    step: str


@dataclass(frozen=True)
class Fault:
    """`kept` is the text that had arrived; with any, the answer is interrupted and not failed. `more` stands in the details."""

    case: str
    expected: Outcome
    steps: Iterable[Step]
    kept: str = ""
    protocol: ServerProtocol = OPENAI
    more: str = ""

    def __str__(self) -> str:
        return self.case


LOST = Outcome(
    "ConnectionLost",
    "The connection to Testbed was lost.",
    "The connection to Testbed was lost.",
    "Continue",
)
EARLY = Outcome(
    "AnswerEndedEarly",
    "The connection ended before the answer was complete.",
    "The connection ended before the answer was complete.",
    "Continue",
)
BOOM = Outcome(
    "ServerFailed",
    "Testbed reported an internal error.",
    "Testbed reported an internal error. boom",
    "Try again",
)
SLOW_DOWN = Outcome(
    "RateLimited",
    "Testbed received too many requests (429). Wait before trying again.",
    "Testbed received too many requests (429). Wait before trying again. slow",
    "Try again",
)
NOT_AN_API = Outcome(
    "NotAChatServer",
    "The server at {url} is not a chat API.",
    ("The server at {url} is not a chat API. Check the port, and whether /v1 is missing at the end."),
    "Troubleshoot",
)
UNPACKABLE = Outcome(
    "AnswerUndecodable",
    "The compressed response from Testbed could not be decoded.",
    "The compressed response from Testbed could not be decoded. ",
    "Try again",
)
NO_MODEL = Outcome(
    "ModelNotFound",
    "Testbed has no model named scripted:1b.",
    "Testbed has no model named scripted:1b. Run `chatdesk models` to list the available models.",
    "Choose a model",
)
NO_KEY = Outcome(
    "KeyMissing",
    "Testbed requires an API key, but none is saved.",
    "Testbed requires an API key, but none is saved. Enter it in Settings, in the Chatdesk window.",
    "Provider settings",
)
NO_ACCESS = Outcome("AccessDenied", "Testbed denied access (403).", "denied access (403). not you", "Troubleshoot")
GAVE_UP = Outcome(
    "RequestTimedOut",
    "Testbed timed out (408).",
    "Testbed timed out (408).",
    "Try again",
)
TOO_LONG = Outcome(
    "ContextTooLong",
    "Even without older messages, this does not fit the model's context window.",
    "The question does not fit the model's context window.",
    "Send anyway",
)
LOADING = Outcome(
    "ServerLoading", "Testbed is still loading its model.", "still loading its model. Try again in", "Try again"
)
TOO_LARGE = Outcome(
    "AnswerTooLarge",
    "The answer exceeded the size limit and was cut off.",
    "The answer exceeded the size limit and was cut off.",
    "Try again",
)
HUNG_UP = Outcome(
    "ServerUnreachable",
    "Testbed does not respond at {address}.",
    "Testbed does not respond at {address}.",
    "Troubleshoot",
)


def refused(status: int, body: object = "", **headers: str) -> list[Step]:
    return [reply(body, status, headers={name.replace("_", "-"): value for name, value in headers.items()})]


def packed(encoding: str) -> list[Step]:
    return [reply("data: {}\n\n", 200, "text/event-stream", {"Content-Encoding": encoding})]


def raw_head(headers: bytes) -> list[Step]:
    return [b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n"]


FAULTS = [
    Fault("1 reset after fifty words", LOST, cut(sse(*map(says, FIFTY)), Pause(0.1), Reset()), "".join(FIFTY)),
    Fault("1 reset, Ollama", LOST, cut(lines(*map(line, FIFTY)), Pause(0.1), Reset()), "".join(FIFTY), OLLAMA),
    Fault("1 cut within a piece of the body", LOST, cut(sse(says("Half")), b"ff\r\nda"), "Half"),
    Fault("3 neither a reason nor a mark", EARLY, sse(says("Half")), "Half"),
    Fault("3 a mark without a reason or a word", EARLY, sse({"choices": []}, DONE)),
    Fault("3 Ollama without its last line", EARLY, lines(line("Half")), "Half", OLLAMA),
    Fault(
        "7 cut within a character", EARLY, sse(says("Half"), b'data: {"choices":[{"delta":{"content":"\xf0\x9f'), "Half"
    ),
    Fault("15 an error without a line end", BOOM, lines(line("Half"), '{"error":"boom"}'), "Half", OLLAMA),
    Fault("21 an error before text", BOOM, sse({"error": {"message": "boom", "code": 500}}), more="boom (500)"),
    Fault("21 an error after text", BOOM, sse(says("Half"), {"error": {"message": "boom"}}, DONE), "Half", more="boom"),
    Fault(
        "21 with a name", BOOM, sse({"error": {"message": "boom", "code": "out_of_luck"}}), more="boom (out_of_luck)"
    ),
    Fault("22 an error as a string", BOOM, sse(says("Half"), {"error": "boom"}), "Half"),
    Fault("22 Ollama's error line", BOOM, lines(line("Half"), {"error": "boom"}), "Half", OLLAMA),
    Fault("23 a login page", NOT_AN_API, [reply(LOGIN, 200, "text/html")], more=LOGIN),
    Fault("23 a login page for Ollama", NOT_AN_API, [reply(LOGIN, 200, "text/html")], protocol=OLLAMA, more=LOGIN),
    Fault("24 a page with 502", BOOM, refused(502, GATEWAY), more=GATEWAY),
    Fault("25 401", NO_KEY, refused(401, {"error": {"message": "who?"}})),
    Fault("25 403", NO_ACCESS, refused(403, {"error": {"message": "not you"}})),
    Fault("26 no such model", NO_MODEL, refused(404, {"error": {"message": "no", "code": "model_not_found"}})),
    Fault("26 no such model, Ollama", NO_MODEL, refused(404, {"error": "model 'x' not found"}), protocol=OLLAMA),
    Fault("27 a wrong path", NOT_AN_API, refused(404, "404 page not found")),
    Fault("28 408", GAVE_UP, refused(408)),
    Fault("29 too long", TOO_LONG, refused(400, {"error": {"message": "x", "code": "context_length_exceeded"}})),
    Fault("29 413", TOO_LONG, refused(413)),
    Fault("30 429", SLOW_DOWN, refused(429, {"error": "slow"})),
    Fault("30 429 for a day", SLOW_DOWN, refused(429, {"error": "slow"}, Retry_After="99999")),
    Fault("30 429 for less than nothing", SLOW_DOWN, refused(429, {"error": "slow"}, Retry_After="-3")),
    Fault("30 429 for garbage", SLOW_DOWN, refused(429, {"error": "slow"}, Retry_After="soon \xe4")),
    Fault("31 429 after text", SLOW_DOWN, sse(says("Half"), {"error": {"message": "slow", "code": 429}}), "Half"),
    Fault("32 500", BOOM, refused(500, {"error": "boom"})),
    Fault("32 503", BOOM, refused(503, {"error": "boom"})),
    Fault("32 529", BOOM, refused(529, {"error": "boom"})),
    Fault("32 503 while it loads", LOADING, refused(503, {"error": {"message": "Loading model"}})),
    Fault("33 not packed as it says", UNPACKABLE, packed("gzip")),
    Fault("33 packed as nobody asked", UNPACKABLE, packed("br")),
    Fault("37 a line of 50 MB", TOO_LARGE, [head(), chunk("data: "), *[chunk(b"x" * (1 << 20))] * 50]),
    Fault("37 a line of 50 MB, Ollama", TOO_LARGE, [head(), *[chunk(b"x" * (1 << 20))] * 50], protocol=OLLAMA),
    Fault("38 a header of 1 MB", NOT_AN_API, raw_head(b"X: " + b"x" * (1 << 20) + b"\r\n")),
    Fault(
        "38 interim replies without end", NOT_AN_API, [b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 5_000] * 200
    ),
    Fault("38 ten thousand headers", NOT_AN_API, raw_head(b"".join(b"X%d: x\r\n" % n for n in range(10_000)))),
    Fault("45 stopped for an error", BOOM, sse(says("Half"), {"error": "boom", **says(reason="error")}), "Half"),
    Fault("59 hangs up without a word", HUNG_UP, []),
    Fault("59 speaks another language", NOT_AN_API, [b"220 mail.example ESMTP\r\n\r\n"]),
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
async def test_a_failure_keeps_what_came_and_is_explained(harness: FaultHarness, fault: Fault) -> None:
    outcome = await harness.ask(fault.steps, fault.protocol)
    assert (outcome.kind, outcome.text) == (fault.expected.kind, fault.kept)
    assert outcome.state is (MessageState.INTERRUPTED if fault.kept or fault.expected is LOST else MessageState.FAILED)
    where = {
        "address": harness.address,
        "url": harness.address + ("/api/chat" if fault.protocol is OLLAMA else "/chat/completions"),
    }
    assert outcome.window == fault.expected.window.format_map(where)
    assert fault.expected.console.format_map(where) in outcome.console
    assert outcome.steps[-1] == fault.expected.step
    assert fault.more in outcome.more


async def test_a_model_that_is_not_there_is_never_fetched_unasked(harness: FaultHarness) -> None:
    """26, of Ollama: the list is what is offered."""
    paths: list[str] = []

    def script(request: Request) -> Iterable[Step]:
        paths.append(request.path)
        return refused(404, {"error": "model 'x' not found"})

    outcome = await harness.ask(script, OLLAMA)
    assert (outcome.kind, outcome.steps[-1]) == ("ModelNotFound", "Choose a model")
    assert set(paths) <= {"/api/chat", "/api/ps"}
