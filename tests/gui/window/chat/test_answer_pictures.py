"""Pictures that a model answers with: looked at, copied, saved, kept over restarts, counted, refused with a reason, and gone on from."""

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from chatdesk.features.chat.services.request.request_builder import UNSEEN_PICTURE
from chatdesk.features.chat.ui.transcript.blocks.pictures.picture_texts import picture_note
from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.chat.ui.transcript.page.pictures.picture_viewer import PictureViewer
from chatdesk.features.conversations.services.files.chat_json import JSON
from chatdesk.features.servers.services.continuing import CONTINUE_PROMPT
from chatdesk.kernel.chat.attachments import MAX_ANSWER_PICTURES, MAX_FILE_BYTES
from chatdesk.kernel.chat.message import ImagePart, MessageState, ToolCallPart
from chatdesk.kernel.chat.pictures import PictureProblem
from chatdesk.kernel.chat.request import PICTURE_PLACEHOLDER
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from tests.exports import exported
from tests.fakes.scripted_server import LAST_CHUNK, Request, Reset, ScriptedServer, Step, Until, chunk, head, reply
from tests.gui.features.chat.transcript.sample_pictures import bomb, data_uri, picture
from tests.gui.window.harness import Harness
from tests.gui.window.heartbeat import Heartbeat

PAINTER = ModelRef("5e7f", "painter")
SVG = "data:image/svg+xml;base64," + b64encode(b"<svg/>").decode()


def says(text: str = "", *sources: str, finish: str | None = None, **more: object) -> bytes:
    """Return one event: words and pictures as OpenRouter sends them."""
    images = {"images": [{"type": "image_url", "image_url": {"url": source}} for source in sources]} if sources else {}
    choice = {"index": 0, "delta": {"content": text, **images, **more}, "finish_reason": finish}
    return chunk(f"data: {json.dumps({'choices': [choice]})}\n\n")


STOP = says(finish="stop")


@dataclass
class Painter:
    """Answers with what comes next in `answers`, else with plain words."""

    answers: list[list[Step]] = field(default_factory=list)
    asked: list[dict] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    """What it says to the next questions instead."""

    def answer(self, request: Request) -> list[Step]:
        if request.method == "GET":
            return [reply({"object": "list", "data": [{"id": PAINTER.model_id}]})]
        self.asked.append(request.json())
        if self.refusals:
            return [reply({"error": {"message": self.refusals.pop(0)}}, 400)]
        steps = self.answers.pop(0) if self.answers else [says("Then so."), STOP]
        return [head(), *steps, LAST_CHUNK]

    def says(self, *steps: Step) -> None:
        self.answers.append([*steps])


@pytest.fixture
async def painter(harness: Harness) -> AsyncIterator[Painter]:
    painter = Painter()
    async with ScriptedServer(painter.answer) as server:
        await harness.program.servers.servers.save(
            ServerConfig("5e7f", "Painter", "custom", ServerProtocol.OPENAI, f"{server.url}/v1")
        )
        await harness.until(lambda: harness.program.servers.models.find(PAINTER))
        harness.models.choose(PAINTER)
        await harness.until(lambda: harness.models.chosen and harness.models.chosen.ref == PAINTER)
        yield painter


def stored_pictures(harness: Harness, index: int = 1) -> tuple[ImagePart, ...]:
    return harness.transcript.document.message(index).pictures


def notes(harness: Harness, index: int = 1) -> list[str]:
    """What stands in the places of pictures that are not there."""
    looks = (harness.transcript.pictures.info(span.image) for span in harness.transcript.document[index].own_pictures)
    return [picture_note(info) for info in looks]


def roles(body: dict) -> list[tuple[str, object]]:
    return [
        (
            turn["role"],
            turn["content"] if isinstance(turn["content"], str) else [part["type"] for part in turn["content"]],
        )
        for turn in body["messages"]
    ]


def noise(size: int) -> bytes:
    """A PNG of about so many bytes: nothing in it can be compressed."""
    image = QImage(1000, size // 3000, QImage.Format.Format_RGB32)
    state = 1
    pixels = bytearray(image.sizeInBytes())
    block = bytearray()
    for _ in range(4096):
        state = (state * 1103515245 + 12345) % 2**31
        block += state.to_bytes(4, "little")
    for start in range(0, len(pixels), len(block)):
        shifted = block[start % 997 :] + block[: start % 997]
        pixels[start : start + len(block)] = shifted[: len(pixels) - start]
    image = QImage(bytes(pixels), 1000, size // 3000, QImage.Format.Format_RGB32)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", 100)
    return bytes(buffer.data().data())


async def test_a_picture_is_looked_at_copied_and_saved_as_it_came(
    harness: Harness, painter: Painter, tmp_path: Path
) -> None:
    data = picture(640, 400)
    painter.says(says("A cat:", data_uri(data)), STOP)
    await harness.ask_and_wait("Draw a cat")
    control = harness.control(Verb.VIEW_PICTURE)
    assert control.name == "View picture: picture-1"
    QTest.mouseClick(harness.transcript.viewport(), Qt.MouseButton.LeftButton, pos=control.rect.center())
    viewer = harness.window.findChild(PictureViewer)
    await harness.until(lambda: viewer.canvas._image and viewer.canvas._image.size().toTuple() == (640, 400))
    QTest.mouseClick(viewer._copy, Qt.MouseButton.LeftButton)
    await harness.until(lambda: QGuiApplication.clipboard().image().size().toTuple() == (640, 400))
    QTest.mouseClick(viewer._save, Qt.MouseButton.LeftButton)
    dialog = harness.window.findChild(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("picture-1.png")
    dialog.fileSelected.emit(str(tmp_path / "cat.png"))
    await harness.until(lambda: (tmp_path / "cat.png").is_file() and (tmp_path / "cat.png").stat().st_size == len(data))
    assert (tmp_path / "cat.png").read_bytes() == data
    dialog.close()
    viewer.close()


async def test_while_more_is_to_come_it_is_there_already_below_the_words(harness: Harness, painter: Painter) -> None:
    end = asyncio.Event()
    painter.says(says("One ", data_uri(picture())), Until(end), says("two"), STOP)
    harness.ask("Draw")
    await harness.until(lambda: harness.streaming() and harness.transcript.document[1].own_pictures)
    assert harness.answer() == "One"
    control = harness.control(Verb.VIEW_PICTURE)
    column = harness.transcript.document[1].column(1)
    assert control.rect.height() == 200
    end.set()
    await harness.until(lambda: not harness.streaming())
    assert column is not None
    assert harness.answer() == "One two"
    assert len(stored_pictures(harness)) == 1


async def test_it_is_there_after_a_restart_and_in_a_copy_of_the_chat(
    harness: Harness, painter: Painter, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    painter.says(says("", data_uri(picture())), STOP)
    await harness.ask_and_wait("Draw")
    answer = harness.transcript.document.message(1)
    copied = await harness.program.chat.branches.branch(answer.id, "Copy")
    assert copied is not None
    assert [message.pictures for message in await harness.program.chat.chat.messages(copied.id)] == [
        (),
        answer.pictures,
    ]
    await harness.close()
    again = await open_harness()
    await again.until(lambda: len(again.transcript.document) == 2)
    assert stored_pictures(again) == answer.pictures
    assert notes(again) == [""]
    assert again.notices() == []  # it is an answer, though it has no words


async def test_what_is_shown_is_pasted_with_its_pictures_below_the_words(harness: Harness, painter: Painter) -> None:
    painter.says(says("A **cat**", data_uri(picture())), STOP)
    await harness.ask_and_wait("Draw")
    harness.transcript.setFocus()
    harness.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, harness.transcript)
    harness.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier, harness.transcript)
    html = QGuiApplication.clipboard().mimeData().html()
    assert html.index("<strong>cat</strong>") < html.index('<img src="data:image/png;base64,')


async def test_copying_an_answer_that_is_only_a_picture_copies_the_picture(harness: Harness, painter: Painter) -> None:
    painter.says(says("", data_uri(picture(90, 70))), STOP)
    await harness.ask_and_wait("Draw")
    QGuiApplication.clipboard().setText("before")
    harness.click_control(Verb.COPY)
    await harness.until(lambda: QGuiApplication.clipboard().image().size().toTuple() == (90, 70))


async def test_an_edited_answer_keeps_its_pictures_and_only_its_words_are_edited(
    harness: Harness, painter: Painter
) -> None:
    painter.says(says("A cat", data_uri(picture())), STOP)
    await harness.ask_and_wait("Draw")
    before = stored_pictures(harness)
    new_id = await harness.program.chat.branches.edit_answer(harness.transcript.document.message(1).id, "A dog")
    await harness.until(lambda: harness.transcript.document.message(1).id == new_id)
    assert (harness.answer(), stored_pictures(harness)) == ("A dog", before)


@pytest.mark.parametrize("per_event", [1, 25])
async def test_only_so_many_are_kept_and_the_rest_is_reported(
    harness: Harness, painter: Painter, per_event: int
) -> None:
    sources = [data_uri(picture(10 + number, 10)) for number in range(25)]
    events = [says("", *sources[start : start + per_event]) for start in range(0, 25, per_event)]
    painter.says(says("Many:"), *events, STOP)
    await harness.ask_and_wait("Draw many")
    assert [each.width for each in stored_pictures(harness)] == [*range(10, 10 + MAX_ANSWER_PICTURES), 0]
    assert notes(harness)[-1] == "More than 20 pictures were received. The rest were discarded."
    assert harness.answer() == "Many:"


async def test_the_same_picture_sent_again_is_one(harness: Harness, painter: Painter) -> None:
    painter.says(says("", data_uri(picture())), says("", data_uri(picture())), says(finish="stop"))
    await harness.ask_and_wait("Draw")
    assert len(stored_pictures(harness)) == 1


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (data_uri(bomb()), PictureProblem.TOO_LARGE),
        (data_uri(picture()[:200]), PictureProblem.BROKEN),
        (data_uri(b"<html>no picture</html>"), PictureProblem.BROKEN),
        ("data:image/png;base64,", PictureProblem.BROKEN),
        ("data:image/png;base64,A", PictureProblem.BROKEN),
        (SVG, PictureProblem.VECTOR),
        ("https://pictures.example/" + "a" * 9_000, PictureProblem.NOT_OPENED),
        ("https://pictures.example/<x>", PictureProblem.NOT_OPENED),
    ],
    ids=["bomb", "cut off", "no picture", "empty", "half a byte", "SVG", "endless address", "no address"],
)
async def test_what_cannot_be_kept_says_why_and_costs_no_words(
    harness: Harness, painter: Painter, source: str, problem: PictureProblem
) -> None:
    painter.says(says("Before "), says("", source), says("behind"), STOP)
    await harness.ask_and_wait("Draw")
    assert harness.answer() == "Before behind"
    (part,) = stored_pictures(harness)
    assert (part.problem, part.sha256) == (problem, "")
    assert notes(harness)[0]
    (lost,) = json.loads(await exported(harness.program.conversations.exporting, harness.chat(), JSON))["messages"][1][
        "parts"
    ][1:]
    assert (lost["kind"], lost["problem"]) == ("image", problem.name)
    await harness.ask_and_wait("And?")
    assert roles(painter.asked[-1]) == [("user", "Draw"), ("assistant", "Before behind"), ("user", "And?")]
    assert harness.toast() == []


async def test_a_picture_larger_than_any_text_may_be_is_kept_and_one_beyond_the_limit_is_not(
    harness: Harness, painter: Painter
) -> None:
    large, too_large = noise(9 * 1024 * 1024), noise(MAX_FILE_BYTES + 2_000_000)
    assert 8 * 1024 * 1024 < len(large) < MAX_FILE_BYTES < len(too_large)
    painter.says(says("Words. "), says("", data_uri(large)), says("", data_uri(too_large)), says("More."), STOP)
    await harness.ask_and_wait("Draw")
    assert harness.answer() == "Words. More."
    assert [(part.size, part.problem) for part in stored_pictures(harness)] == [
        (len(large), None),
        (0, PictureProblem.TOO_LARGE),
    ]


async def test_an_event_beyond_all_limits_keeps_what_came_before(harness: Harness, painter: Painter) -> None:
    endless = (b"A" * 65_536 for _ in range(600))
    start = b'data: {"choices":[{"delta":{"images":[{"image_url":{"url":"data:image/png;base64,'
    painter.says(says("Words.", data_uri(picture())), chunk(start), *map(chunk, endless))
    await harness.ask_and_wait("Draw")
    answer = harness.transcript.document.message(1)
    assert (harness.answer(), len(answer.pictures), answer.state) == ("Words.", 1, MessageState.INTERRUPTED)
    assert answer.failure.kind == "AnswerTooLarge"


async def test_a_large_picture_does_not_hold_up_the_window(harness: Harness, painter: Painter) -> None:
    data = noise(12 * 1024 * 1024)
    painter.says(says("Here: ", data_uri(data)), STOP)
    with Heartbeat() as heartbeat:
        await harness.ask_and_wait("Draw")
        await harness.until(lambda: stored_pictures(harness))
    assert stored_pictures(harness)[0].size == len(data)
    # Of the window's own thread; for how long others lock the interpreter is measured in large_json.
    assert heartbeat.longest < 0.1


def call(number: int) -> dict:
    return {
        "tool_calls": [
            {"index": 0, "id": f"c{number}", "type": "function", "function": {"name": "f", "arguments": "{}"}}
        ]
    }


@pytest.mark.parametrize("text", ["Half an", ""])
async def test_going_on_keeps_calls_and_pictures(harness: Harness, painter: Painter, text: str) -> None:
    painter.says(says(text, data_uri(picture())), says(**call(1)), Reset())
    await harness.ask_and_wait("Draw")
    await harness.until(lambda: harness.transcript.document.message(1).state is MessageState.INTERRUPTED)
    painter.says(says(" answer", data_uri(picture(100, 80))), says(**call(2)), STOP)
    harness.click_control(Verb.FAILURE_ACTION, action="continue")
    await harness.until(lambda: len(painter.asked) == 2 and not harness.streaming())
    answer = harness.transcript.document.message(1)
    assert answer.text.strip() == f"{text} answer".strip()
    assert [part.width for part in answer.pictures] == [320, 100]
    assert [part.call_id for part in answer.parts if isinstance(part, ToolCallPart)] == ["c1", "c2"]
    sent = roles(painter.asked[-1])
    if text:
        assert sent == [
            ("user", "Draw"),
            ("assistant", f"{text}\n\n{PICTURE_PLACEHOLDER}"),
            ("user", ["text", "image_url"]),
        ]
    else:
        assert sent == [("user", "Draw"), ("assistant", PICTURE_PLACEHOLDER), ("user", ["text", "image_url"])]
    assert painter.asked[-1]["messages"][-1]["content"][0]["text"] == CONTINUE_PROMPT


async def test_a_model_that_refuses_pictures_of_answers_is_asked_again_without_them(
    harness: Harness, painter: Painter
) -> None:
    painter.says(says("A cat", data_uri(picture())), STOP)
    await harness.ask_and_wait("Draw")
    painter.refusals.append("this model does not support image input")
    await harness.ask_and_wait("And now?")
    assert harness.answer() == "Then so."
    assert [roles(body)[-1] for body in painter.asked[1:]] == [("user", ["text", "image_url"]), ("user", "And now?")]
    assert roles(painter.asked[-1])[1] == ("assistant", f"A cat\n\n{UNSEEN_PICTURE}")
    assert harness.toast()[1] == "The pictures were not sent."


async def test_stopping_keeps_the_picture_that_had_come(harness: Harness, painter: Painter) -> None:
    end = asyncio.Event()
    painter.says(says("", data_uri(picture())), Until(end), STOP)
    harness.ask("Draw")
    await harness.until(
        lambda: harness.transcript.document[1].own_pictures if len(harness.transcript.document) > 1 else False
    )
    harness.press(Qt.Key.Key_Escape)
    await harness.until(lambda: not harness.streaming())
    end.set()
    assert len(stored_pictures(harness)) == 1
    assert harness.notices()[0] == "You stopped this answer."


async def test_a_picture_that_is_elsewhere_waits_for_a_click(harness: Harness, painter: Painter) -> None:
    asked: list[str] = []
    harness.transcript.pictures.fetch_requested.connect(lambda source, _address: asked.append(source))
    painter.says(says("See ", "https://pictures.example/cat.png"), says("this."), STOP)
    await harness.ask_and_wait("Draw")
    assert (asked, stored_pictures(harness)) == ([], ())
    harness.click_control(Verb.LOAD_PICTURE)
    assert asked == ["https://pictures.example/cat.png"]


async def test_a_screen_reader_hears_of_them_behind_the_words(harness: Harness, painter: Painter) -> None:
    said: list[str] = []
    harness.transcript._announcements.announce = said.append
    harness.transcript._announcements._is_reader_active = lambda: True
    painter.says(says("A cat.", data_uri(picture())), STOP)
    await harness.ask_and_wait("Draw")
    assert " ".join(said).endswith("Picture: picture-1")
    message = QAccessible.queryAccessibleInterface(harness.transcript).child(1)
    assert message.text(QAccessible.Text.Name) == "painter: A cat.\nPicture: picture-1"
