"""Every odd way in which an answer comes that is an answer all the same. The numbers are those of docs/fault-proof.md."""

import gzip
import itertools
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pytest

from chatdesk.kernel.chat.message import FinishReason, MessageState
from chatdesk.kernel.chat.stream_events import AnswerStage
from chatdesk.kernel.servers.server import ServerProtocol
from chatdesk.network.timeouts import LOCAL
from chatdesk.providers import provider_factory
from tests.fakes.scripted_server import LAST_CHUNK, Hang, Pause, Request, ScriptedServer, Step, chunk, head, reply
from tests.gui.faults.fault_harness import (
    DONE,
    END,
    OLLAMA,
    OPENAI,
    STOP,
    FaultHarness,
    Outcome,
    cut,
    line,
    lines,
    says,
    sse,
)
from tests.own_time import OwnTime

EVENT = b'data: {"choices":[{"delta":{"content":"caf\xc3\xa9 \xf0\x9f\x98\x80"}}]}\n\n'
EMOJI_AT = EVENT.index(b"\xf0")
STOP_EVENT = f"data: {json.dumps(STOP)}\n\n".encode()
CAFE = "café 😀"
WHOLE = EVENT + STOP_EVENT
NAN = '{"choices":[{"index":0,"delta":{"content":"a"},"logprobs":NaN,"n":1e999}]}'
DEEP = "[" * 100_000
DIGITS = "9" * 5_000


@dataclass(frozen=True)
class Answer:
    """`reasoning`, `finish` and `tools` as they are to be kept with the text."""

    case: str
    text: str
    steps: Iterable[Step]
    reasoning: str = ""
    finish: FinishReason = FinishReason.STOP
    tools: tuple[str, ...] = ()
    protocol: ServerProtocol = OPENAI
    damaged: bool = False

    def __str__(self) -> str:
        return self.case


def in_pieces(data: bytes, *points: int) -> list[Step]:
    bounds = [0, *points, len(data)]
    return [head(), *(chunk(data[start:end]) for start, end in itertools.pairwise(bounds)), LAST_CHUNK]


def raw(text: str) -> str:
    return f"data: {text}\n\n"


def packed(encoding: str, data: bytes) -> list[Step]:
    return [reply(data, 200, "text/event-stream", {"Content-Encoding": encoding})]


def bare(data: bytes) -> bytes:
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return deflater.compress(data) + deflater.flush()


LOST = b'data: {"choices":[{"delta":{"content":"a\xffb"}}]}\n\n'
LOST_THOUGHT = LOST.replace(b"content", b"reasoning")
LOST_LINE = b'{"message":{"content":"a\xffb"}}\n'
NOT_CHUNKS = [{"choices": None}, {"choices": {}}, {}, raw("null"), raw("7"), raw("[]"), raw("{"), raw("oops")]
NOT_DELTAS = [
    {"choices": [{"index": 0, "delta": delta}]} for delta in (None, {}, {"content": None}, {"role": "assistant"})
]
NOT_TEXTS = [says(7), says(True), says({"a": 1}), says([1, None])]
FIVE = ('{"message":{"con', 'tent":"He', 'llo"}', ',"done":fal', "se}\n")
SEPARATED = "a\u2028b\u2029c\u0085d"
USAGE = {"choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 2}}
HALVES = (r'{"choices":[{"delta":{"content":"\ud83d"}}]}', r'{"choices":[{"delta":{"content":"\ude00"}}]}')
CALL = {"index": 0, "id": "c1", "function": {"name": "look", "arguments": '{"a":'}}
REST = {"index": 0, "function": {"arguments": "1}"}}
TOOLS = sse(says("Hi", tool_calls=[CALL]), says(tool_calls=[REST]), says(reason="tool_calls"))

ANSWERS = [
    Answer("2 no mark after the reason", "Hi", sse(says("Hi"), STOP)),
    Answer("4 the connection stays open", "Hi", cut(sse(says("Hi"), STOP), Hang())),
    Answer("4 the connection stays open, Ollama", "Hi", cut(lines(line("Hi"), END), Hang()), protocol=OLLAMA),
    *(Answer(f"5 an emoji cut after {n}", CAFE, in_pieces(WHOLE, EMOJI_AT + n)) for n in (1, 2, 3)),
    Answer("6 bytes that are no UTF-8", "a�b", sse(LOST, STOP), damaged=True),
    Answer("6 such bytes in a thought", "Hi", sse(LOST_THOUGHT, says("Hi"), STOP), "a�b", damaged=True),
    Answer("6 such bytes, Ollama", "a�b!", lines(LOST_LINE, line("!"), END), protocol=OLLAMA, damaged=True),
    Answer("6 the same character from a model", "a�b", sse(says("a�b"), STOP)),
    Answer("8 CRLF", CAFE, in_pieces(WHOLE.replace(b"\n", b"\r\n"))),
    Answer("8 CR", CAFE, in_pieces(WHOLE.replace(b"\n", b"\r"))),
    Answer("8 CRLF cut in two", CAFE, in_pieces(EVENT.replace(b"\n", b"\r\n") + STOP_EVENT, len(EVENT) - 1, len(EVENT) + 1)),
    Answer("9 comments and blank lines", "Hi", sse(": OPENROUTER PROCESSING\n\n", "\n\n", says("Hi"), ":\n\n", STOP)),
    Answer("10 data over several lines", "Hi", sse('data: {"choices":\ndata: [{"delta":{"content":"Hi"}}]}\n\n', STOP)),
    Answer("11 other fields", "Hi", sse('id: 1\nretry: 9\nevent: x\ndata:{"choices":[{"delta":{"content":"Hi"}}]}\n\n', STOP)),
    Answer("12 separators of Unicode", SEPARATED, sse(raw(json.dumps(says(SEPARATED), ensure_ascii=False)), STOP)),
    Answer("13 a byte order mark", CAFE, in_pieces(b"\xef\xbb\xbf" + WHOLE)),
    Answer("14 five lines in one piece", "aaaaa", lines((json.dumps(line("a")) + "\n") * 5 + json.dumps(END) + "\n"), protocol=OLLAMA),
    Answer("14 a line in five pieces", "Hello", lines(*FIVE, END), protocol=OLLAMA),
    Answer("15 the last line without its end", "Hi!", lines(line("Hi"), json.dumps(line("!", done=True))), protocol=OLLAMA),
    Answer("16 no choices but usage", "Hi", sse(says("Hi"), STOP, USAGE, DONE)),
    Answer("17 no choices of any kind", "Hi", sse(says("H"), *NOT_CHUNKS, says("i"), STOP)),
    Answer("18 deltas that say nothing", "Hi", sse(*NOT_DELTAS, says("Hi"), STOP)),
    Answer("19 a list of parts", "Hi!", sse(says([{"type": "text", "text": "Hi"}, {"type": "text", "text": "!"}]), STOP)),
    Answer("20 content of other types", "Hi", sse(says("H"), *NOT_TEXTS, says("i"), STOP)),
    Answer("33 gzip", CAFE, packed("gzip", gzip.compress(WHOLE))),
    Answer("33 deflate", CAFE, packed("deflate", zlib.compress(WHOLE))),
    Answer("33 deflate without its frame", CAFE, packed("deflate", bare(WHOLE))),
    Answer("44 fields and events nobody knows", "Hi", sse("event: execute\ndata: {}\n\n", {**says("Hi"), "rm": "-rf"}, STOP)),
    Answer("45 too long", "Hi", sse(says("Hi", "length")), finish=FinishReason.LENGTH),
    Answer("45 filtered", "Hi", sse(says("Hi", "content_filter")), finish=FinishReason.CONTENT_FILTER),
    Answer("45 unknown", "Hi", sse(says("Hi", "tired")), finish=FinishReason.OTHER),
    Answer("45 of another type", "Hi", sse(says("H", 7), says("i", None), STOP)),
    Answer("46 tools nobody asked for", "Hi", TOOLS, "", FinishReason.TOOL_CALLS, ("look",)),
    Answer("47 a second answer", "Hi", sse(says("H"), {"choices": [{"index": 1, "delta": {"content": "no"}}]}, says("i"), STOP)),
    Answer("48 a refusal", "I cannot.", sse(says(refusal="I cannot."), STOP)),
    Answer("50 reasoning that never ends", "", sse(says("<think>hm"), STOP), "hm"),
    Answer("51 a closing tag alone", "Hi", sse(says("hm</think>\n\n"), says("Hi"), STOP), "hm"),
    Answer("52 no tags", "Hi", sse(says("Hi"), STOP)),
    Answer("53 a tag in code", "See `<think>` there", sse(says("See `<think>` there"), STOP)),
    Answer("54 another spelling", "<THINK >hm</THINK > ◁think▷", sse(says("<THINK >hm</THINK > ◁think▷"), STOP)),
    Answer("55 reasoning_content", "Hi", sse(says(reasoning_content="hm"), says("Hi"), STOP), "hm"),
    Answer("55 reasoning", "Hi", sse(says(reasoning="hm"), says("Hi"), STOP), "hm"),
    Answer("55 an object", "Hi", sse(says(reasoning={"content": "hm"}), says("Hi"), STOP), "hm"),
    Answer("55 details", "Hi", sse(says(reasoning_details=[{"text": "hm"}]), says("Hi"), STOP), "hm"),
    Answer("55 Ollama's thinking", "Hi", lines({"message": {"thinking": "hm"}}, line("Hi"), END), "hm", protocol=OLLAMA),
    Answer("56 in a field and in tags", "Hi", sse(says("<think>hm</think>Hi", reasoning_content="hm"), STOP), "hm"),
    Answer("60 the end without a word", "", lines(END), protocol=OLLAMA),
    Answer("60 cut off by its length", "Hi", lines(line("Hi"), line(done=True, done_reason="length")), "", FinishReason.LENGTH, (), OLLAMA),
    Answer("60 loaded, nothing said", "", lines(line(done=True, done_reason="load")), finish=FinishReason.OTHER, protocol=OLLAMA),
    Answer("61 halves of an emoji", "😀", sse(*map(raw, HALVES), STOP)),
    Answer("61 half of an emoji", "a�", sse(raw(r'{"choices":[{"delta":{"content":"a\ud83d"}}]}'), STOP)),
    Answer("62 numbers and nesting without measure", "ab", sse(raw(NAN), raw(DEEP), raw(DIGITS), says("b"), STOP)),
    Answer("62 a name twice", "b", sse(raw('{"choices":[{"delta":{"content":"a","content":"b"}}]}'), STOP)),
    Answer("63 control characters", "a\x00b\x1bc", sse(says("a\x00b\x1bc"), STOP)),
]  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS, ids=str)
async def test_an_odd_answer_is_kept_as_it_was_meant(harness: FaultHarness, answer: Answer) -> None:
    outcome = await harness.ask(answer.steps, answer.protocol)
    expected = Outcome(answer.text, answer.reasoning, MessageState.COMPLETE, answer.finish, tools=answer.tools)
    assert outcome == replace(expected, damaged=answer.damaged)


@pytest.mark.parametrize(
    ("steps", "protocol"),
    [(sse(says("Hi"), STOP), OPENAI), (lines(line("Hi"), END), OLLAMA)],
    ids=["4 the connection stays open", "4 the connection stays open, Ollama"],
)
async def test_a_connection_that_stays_open_after_the_answer_is_closed(
    harness: FaultHarness, steps: list[Step], protocol: ServerProtocol
) -> None:
    def script(request: Request) -> Iterable[Step]:
        return cut(steps, Hang()) if request.method == "POST" else [reply(status=404)]

    async with ScriptedServer(script) as server:
        await harness.point_at(server.url, protocol)
        conversation = await harness.begin()
        with OwnTime() as waited:
            assert (await harness.outcome(conversation)).text == "Hi"
        assert waited.seconds < 2, "a second of it is for the counts that may follow"
        await server.until(lambda: any(left.request.method == "POST" for left in server.disconnects))


async def test_counts_that_come_without_choices_are_kept(harness: FaultHarness) -> None:
    """16, and of counts that come more than once the last ones (43)."""
    later = {"choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 4}}
    outcome = await harness.ask(sse(says("Hi"), STOP, USAGE, later, DONE))
    assert (outcome.usage.prompt_tokens, outcome.usage.completion_tokens) == (3, 4)


async def test_twenty_thousand_pieces_make_the_exact_text(harness: FaultHarness) -> None:
    pieces = [says(chr(ord("a") + number % 26)) for number in range(20_000)]
    outcome = await harness.ask(sse(*pieces, STOP))
    assert outcome.text == "".join(chr(ord("a") + number % 26) for number in range(20_000))


async def test_reasoning_is_not_sent_back(harness: FaultHarness) -> None:
    bodies = []

    def script(request: Request) -> Iterable[Step]:
        bodies.append(request.body.decode())
        return sse(says("Hi", reasoning_content="secret thoughts"), STOP)

    async with ScriptedServer(script) as server:
        await harness.point_at(server.url)
        conversation = await harness.begin()
        await harness.outcome(conversation)
        await harness.go_on(conversation, "And?")
    assert len(bodies) == 2
    assert "Hi" in bodies[1]
    assert "secret" not in bodies[1]


async def test_a_model_that_loads_is_said_to_and_waited_for(
    harness: FaultHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """58: before the first token it may keep silent for longer than after it."""
    assert LOCAL.first_event > 60
    monkeypatch.setattr(provider_factory, "LOCAL", replace(LOCAL, idle=0.1))
    seen = harness.preview_hosts()

    def script(request: Request) -> Iterable[Step]:
        return [reply({"models": []})] if request.path == "/api/ps" else [Pause(0.4), *lines(line("Hi"), END)]

    assert (await harness.ask(script, OLLAMA)).text == "Hi"
    assert AnswerStage.LOADING_MODEL in [stage.stage for stage in seen]
