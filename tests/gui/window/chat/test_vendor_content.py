"""What vendors send beside plain text: how it is shown, stored, exported, and sent back with the next question.

Each case replays the bytes of `tests/data/wire/vendors-documented/NAME.body`, whose README says where the shape is from.
"""

import json
import sqlite3
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field

import pytest

from chatdesk.features.chat.ui.composer.question_cards import QuestionCards
from chatdesk.features.chat.ui.composer.suggestions import SuggestionCard
from chatdesk.features.chat.ui.transcript.blocks.block_text import pictures_of, text_of
from chatdesk.features.chat.ui.transcript.messages.message_item import REASONING, TEXT
from chatdesk.features.conversations.services.files.chat_json import JSON
from chatdesk.features.conversations.services.files.chat_markdown import MARKDOWN
from chatdesk.features.conversations.services.files.exported_chat import ExportLabels
from chatdesk.kernel.chat.request import PICTURE_PLACEHOLDER
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol, WireFormat
from chatdesk.system.folders import Folders
from chatdesk.ui_kit.pictures.picture_store import PictureState
from tests.exports import exported
from tests.fakes.scripted_server import Request, ScriptedServer, Step, reply
from tests.gui.window.harness import Harness
from tests.paths import DATA

BODIES = DATA / "wire" / "vendors-documented"
SERVER = "5e7f"
WORDS = ExportLabels("You", "Answer", "Instructions", "Tool", "Reasoning", "Sources")
NEXT = "And then?"


@dataclass(frozen=True)
class Case:
    """What becomes of one reply. `sources` are numbers with titles or addresses; `calls` ids with arguments."""

    name: str
    text: str = ""
    reasoning: str = ""
    pictures: tuple[str, ...] = ()
    """The names of those that are kept."""
    elsewhere: tuple[str, ...] = ()
    """The addresses of those that wait for a click."""
    sources: tuple[tuple[int, str], ...] = ()
    calls: tuple[tuple[str, str], ...] = ()
    questions: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    model: str = "m"
    state: str = "complete"
    finish: str | None = "stop"
    wire_format: WireFormat = WireFormat.CHAT_COMPLETIONS
    exported: tuple[str, ...] = field(default=())
    """What stands in the markdown file besides the text."""

    def __str__(self) -> str:
        return self.name if self.model == "m" else f"{self.name} of {self.model}"


TOOL = "The model requested the tool “get_time”. It was not run."
PLACE = "\ufffcpictures.example"
"""In the place of a picture that waits for a click."""
WAYS_ON = ("[Choose a model]", "[Try again]")
RESPONSES = WireFormat.RESPONSES
CASES = [
    Case("openrouter-images", "Here is your cat.", pictures=("picture-1", "picture-2")),
    Case("openrouter-only-a-picture", pictures=("picture-1",)),
    Case("openrouter-image-whole", "A sunset.", pictures=("picture-1",)),
    Case("gemini-image-through-a-gateway", "A scene:", pictures=("picture-1",)),
    Case(
        "mistral-image-part",
        f"Look:\n{PLACE}\nDone.",
        pictures=("picture-1",),
        elsewhere=("https://pictures.example/chart.png",),
        exported=("![](<https://pictures.example/chart.png>)",),
    ),
    Case(
        "perplexity",
        f"Blue light scatters most [1].\n{PLACE}",
        elsewhere=("https://pictures.example/sky.jpg",),
        sources=((1, "Sky"), (2, "Light")),
        questions=("Why is sunset red?", "Is the sky blue on Mars?"),
        exported=("1. [Sky](<https://a.example/sky>)", "> Air scatters blue."),
    ),
    Case("openai-responses-image", "There you are.", pictures=("A grey cat on a red sofa",), wire_format=RESPONSES),
    Case("openai-audio-transcript", "Good morning."),
    Case("file-part", "Your files:\nreport.csv\na,b\n1,2\nscan.pdf", pictures=("picture-1",), exported=("`scan.pdf`",)),
    Case("zhipu-web-search", "Stocks rose.[ref_1]", sources=((1, "Markets today"), (2, "Rates"))),
    Case("zhipu-search-as-a-call", "Stocks rose.", sources=((1, "Markets today"), (2, "Rates"))),
    Case("zhipu-search-result-as-a-call", "Rates fell.", sources=((1, "Markets today"), (2, "Rates"))),
    Case("dashscope-search-info", "Sunny.", sources=((1, "Hangzhou"), (2, "Air quality"))),
    Case("doubao-references", "It opens at 8.", sources=((1, "Hours"),), exported=("> Open from 8.", "· Museum")),
    Case("groq-executed-tools", "It launched.", sources=((1, "Rocket"),), exported=("· 0.91",)),
    Case("azure-on-your-data", "Within 30 days [doc1].", sources=((1, "Policy"), (2, "food.txt"))),
    Case("citations-in-the-delta", "Yes.", sources=((1, "Proof"), (2, "https://bare.example"))),
    Case("open-webui-sources", "At nine [1].", sources=((1, "handbook.pdf"), (2, "Bell"))),
    Case("finish-reason-null-as-a-word", "ABC."),
    Case("finish-reason-in-every-chunk", "One two three"),
    Case("done-without-a-finish-reason", "All said."),
    Case("gemini-thought-without-tags", "The second one.", "Weighing\nI compare both. Done."),
    Case("gemini-thought-with-tags", "The first one.", "Weighing I compare.", model="models/gemini-2.5-pro"),
    Case("gemini-tags-alone", "The third.", "I compare.", model="models/gemini-2.5-pro"),
    Case("gemini-tags-alone", "The third.", "I compare.", model="google/gemini-2.5-pro"),
    Case(
        "ollama-calls-with-index-0",
        calls=(("call_a", '{"tz":"UTC"}'), ("call_b", '{"tz":"CET"}')),
        notices=(TOOL, TOOL),
        finish="tool_calls",
    ),
    Case(
        "openai-responses-call",
        calls=(("call_1", '{"tz":"UTC"}'),),
        notices=(TOOL,),
        finish="tool_calls",
        wire_format=RESPONSES,
    ),
    Case(
        "vllm-error-and-done",
        "Half an",
        state="interrupted",
        finish=None,
        notices=("Vendor reported an internal error.", "[Choose a model]", "[Continue]", "[Try again]"),
    ),
    Case(
        "openrouter-400-inside-200",
        state="failed",
        finish=None,
        notices=("Vendor rejected the request (400).", *WAYS_ON),
    ),
]


@dataclass
class VendorHarness:
    """The window, beside a server that gives one reply and then plain ones."""

    harness: Harness
    server: ScriptedServer

    async def choose(self, case: Case) -> None:
        config = ServerConfig(SERVER, "Vendor", "custom", ServerProtocol.OPENAI, f"{self.server.url}/v1")
        harness, model = self.harness, ModelRef(SERVER, case.model)
        await harness.program.servers.servers.save(with_format(config, case.wire_format))
        await harness.until(lambda: harness.program.servers.models.find(model))
        harness.models.choose(model)
        await harness.until(lambda: harness.models.chosen and harness.models.chosen.ref == model)

    def asked(self) -> dict:
        return [request for request in self.server.requests if request.method == "POST"][-1].json()


def with_format(config: ServerConfig, wire_format: WireFormat) -> ServerConfig:
    return ServerConfig(
        config.id, config.name, config.vendor_id, config.protocol, config.base_url, wire_format=wire_format
    )


def script(case: Case):
    bodies = [(BODIES / f"{case.name}.body").read_bytes()]

    def steps(request: Request) -> list[Step]:
        if request.method == "GET":
            return [reply({"object": "list", "data": [{"id": case.model, "object": "model"}]})]
        if bodies:
            body = bodies.pop(0)
            kind = "application/json" if body.startswith(b"{") else "text/event-stream"
            return [reply(body.decode(), content_type=kind)]
        if case.wire_format is RESPONSES:
            return [reply({"object": "response", "status": "completed", "output": []})]
        message = {"role": "assistant", "content": "Then so."}
        return [reply({"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]})]

    return steps


@pytest.fixture
async def vendor(harness: Harness, request: pytest.FixtureRequest) -> AsyncIterator[VendorHarness]:
    async with ScriptedServer(script(request.param)) as server:
        found = VendorHarness(harness, server)
        await found.choose(request.param)
        yield found


def stored(message_id: str) -> tuple[str, str | None, list[tuple[str, str, dict]]]:
    """Return the state of a message, why it ended, and its parts, as they are in the database."""
    with sqlite3.connect(Folders.locate().data / "chats.sqlite3") as connection:
        number, state, finish = connection.execute(
            "SELECT number, state, finish FROM messages WHERE id = ?", (message_id,)
        ).fetchone()
        rows = connection.execute(
            "SELECT kind, text, metadata FROM parts WHERE message_number = ? ORDER BY position, segment", (number,)
        ).fetchall()
    connection.close()
    return state, finish, [(kind, text, json.loads(metadata)) for kind, text, metadata in rows]


def texts(parts: Iterable[tuple[str, str, dict]], wanted: str) -> str:
    return "".join(text for kind, text, _ in parts if kind == wanted)


def proposed(harness: Harness) -> tuple[str, ...]:
    cards = (cards for cards in harness.window.findChildren(QuestionCards) if cards.isVisible())
    return tuple(card.text() for each in cards for card in each.findChildren(SuggestionCard) if card.isVisible())


def pictures_sent(body: dict, case: Case) -> list[list[str]]:
    """Return the media types of the pictures in each turn of a request."""
    turns = body["input"] if case.wire_format is RESPONSES else body["messages"]
    return [
        [
            (part["image_url"] if isinstance(part["image_url"], str) else part["image_url"]["url"]).partition(";")[0]
            for part in (turn["content"] if isinstance(turn["content"], list) else ())
            if "image_url" in part
        ]
        for turn in turns
    ]


def words_sent(body: dict, case: Case) -> list[tuple[str, str]]:
    turns = body["input"] if case.wire_format is RESPONSES else body["messages"]
    return [
        (
            turn["role"],
            turn["content"]
            if isinstance(turn["content"], str)
            else "".join(part.get("text", "") for part in turn["content"]),
        )
        for turn in turns
    ]


@pytest.mark.parametrize(
    ("vendor", "case"), [pytest.param(case, case, id=str(case)) for case in CASES], indirect=["vendor"]
)
async def test_it_is_shown_stored_exported_and_sent_back(vendor: VendorHarness, case: Case) -> None:
    harness = vendor.harness
    await harness.ask_and_wait("Show me")
    await is_shown(harness, case)
    message = harness.transcript.document.message(1)
    is_stored(message.id, case)
    await is_exported(harness, case)
    source = message.text
    await harness.ask_and_wait(NEXT)
    is_sent_back(vendor.asked(), case, source)


async def is_shown(harness: Harness, case: Case) -> None:
    item = harness.transcript.document[1]
    assert harness.answer() == case.text
    assert "\n".join(map(text_of, item.blocks(REASONING))) == case.reasoning
    assert tuple(span.text for span in item.own_pictures) == case.pictures
    store = harness.transcript.pictures
    for span in item.own_pictures:
        info = store.info(span.image)
        assert (info.state, info.size.toTuple()) == (PictureState.AVAILABLE, (64, 48))
        await harness.until(lambda span=span: store.image(span.image, store.info(span.image).size))  # its pixels, too
    column = item.column(TEXT)
    spans = [span.image for block in (column.blocks if column else ()) for span in pictures_of(block)]
    assert tuple(spans) == case.elsewhere
    assert {store.info(source).state for source in spans} <= {PictureState.OFFERED}
    sources = item.sources.sources if item.sources else ()
    assert tuple((source.number, source.title or source.address) for source in sources) == case.sources
    assert tuple(harness.notices()) == case.notices
    assert proposed(harness) == case.questions


def is_stored(message_id: str, case: Case) -> None:
    state, finish, parts = stored(message_id)
    assert (state, finish) == (case.state, case.finish)
    plain = "".join(texts(parts, "text").split())
    assert all("".join(word.split()) in plain for word in case.text.replace(PLACE, "").split())
    assert all(address in plain for address in case.elsewhere)
    assert bool(texts(parts, "reasoning")) is bool(case.reasoning)
    assert tuple(data["name"] for kind, _, data in parts if kind == "image") == case.pictures
    assert tuple((data["call_id"], text) for kind, text, data in parts if kind == "tool_call") == case.calls
    found = [source for kind, _, data in parts if kind == "sources" for source in data["sources"]]
    assert tuple((each["number"], each.get("title") or each["address"]) for each in found) == case.sources
    for _, _, data in (part for part in parts if part[0] == "image"):
        assert (Folders.locate().data / "attachments" / data["sha256"][:2] / data["sha256"]).is_file()


async def is_exported(harness: Harness, case: Case) -> None:
    exporting = harness.program.conversations.exporting
    markdown = await exported(exporting, harness.chat(), MARKDOWN)
    answer = json.loads(await exported(exporting, harness.chat(), JSON))["messages"][1]
    for text in case.exported:
        assert text in markdown
    for line in case.text.replace(PLACE, "").split("\n"):
        assert line in markdown
    for name in case.pictures:
        assert f"![{name}](data:image/png;base64," in markdown
    kinds = [part["kind"] for part in answer["parts"]]
    assert (kinds.count("image"), kinds.count("tool_call")) == (len(case.pictures), len(case.calls))
    assert all(part["data"].startswith("data:image/png;base64,") for part in answer["parts"] if part["kind"] == "image")
    assert ("sources" in kinds, "reasoning" in kinds) == (bool(case.sources), bool(case.reasoning))
    for _, title in case.sources:
        assert title in markdown


def is_sent_back(body: dict, case: Case, source: str) -> None:
    """The words as they were said; pictures along with the next question; no sources, no reasoning, no call without its result."""
    said, pictures = words_sent(body, case), pictures_sent(body, case)
    answer = "\n\n".join(filter(None, (source, *[PICTURE_PLACEHOLDER] * len(case.pictures))))
    if answer:
        assert said == [("user", "Show me"), ("assistant", answer), ("user", NEXT)]
        assert pictures == [[], [], ["data:image/png"] * len(case.pictures)]
    else:
        assert said == [("user", f"Show me\n\n{NEXT}")]
    assert "tool_calls" not in json.dumps(body)
