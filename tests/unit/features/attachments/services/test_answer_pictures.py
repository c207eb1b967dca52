"""Pictures of an answer on their way from the stream to the disk: what becomes of each, and in which order."""

from base64 import b64encode
from collections.abc import AsyncGenerator

import pytest

from chatdesk.features.attachments.services.answer_pictures import AnswerPictures
from chatdesk.kernel.chat.attachments import MAX_FILE_BYTES
from chatdesk.kernel.chat.message import ImagePart
from chatdesk.kernel.chat.pictures import PictureProblem
from chatdesk.kernel.chat.stream_events import PictureAdded, PictureArrived, StreamEvent, TextDelta
from chatdesk.kernel.errors.attachment_errors import AttachmentNotAPicture, PictureTooManyPixels
from chatdesk.kernel.errors.storage_errors import DiskFull
from tests.unit.storage.samples import a_message


def source(data: bytes, *, line: int = 0, padded: bool = True) -> str:
    text = b64encode(data).decode()
    text = text if padded else text.rstrip("=")
    lines = [text[start : start + line] for start in range(0, len(text), line)] if line else [text]
    return "data:image/png;base64," + "\r\n".join(lines)


async def stream(*batches: tuple[StreamEvent, ...]) -> AsyncGenerator[tuple[StreamEvent, ...], None]:
    for batch in batches:
        yield batch


async def became(*batches: tuple[StreamEvent, ...], keep=None, parts=()) -> list[tuple[StreamEvent, ...]]:
    async def keep_all(data: bytes, name: str) -> ImagePart:
        return ImagePart(data.hex(), "image/png", name, 4, 3, len(data))

    pictures = AnswerPictures(a_message("m").with_parts(parts), keep or keep_all)
    return [batch async for batch in pictures.with_pictures_stored(stream(*batches))]


@pytest.mark.parametrize("how", [{}, {"line": 4}, {"line": 76}, {"padded": False}])
async def test_the_bytes_are_those_that_were_sent(how: dict):
    data = bytes(range(256)) * 5000  # more than one step
    ((event,),) = await became((PictureArrived(source(data, **how), "A cat"),))
    assert event == PictureAdded(ImagePart(data.hex(), "image/png", "A cat", 4, 3, len(data)))


async def test_what_came_before_a_picture_is_sent_before_it():
    arrived = PictureArrived(source(b"x"))
    batches = await became((TextDelta("a"), arrived, TextDelta("b")), (TextDelta("c"),))
    picture = PictureAdded(ImagePart(b"x".hex(), "image/png", "picture-1", 4, 3, 1))
    assert batches == [(TextDelta("a"),), (picture,), (TextDelta("b"),), (TextDelta("c"),)]


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (AttachmentNotAPicture(), PictureProblem.BROKEN),
        (PictureTooManyPixels(), PictureProblem.TOO_LARGE),
        (DiskFull("/home"), PictureProblem.NOT_SAVED),
    ],
)
async def test_one_that_cannot_be_kept_says_why(
    error: Exception, problem: PictureProblem, caplog: pytest.LogCaptureFixture
):
    async def refuse(_data: bytes, _name: str) -> ImagePart:
        raise error

    assert await became((PictureArrived(source(b"x")),), keep=refuse) == [
        (PictureAdded(ImagePart("", "", "", problem=problem)),)
    ]


async def test_one_that_is_too_large_is_not_even_decoded():
    async def never(_data: bytes, _name: str) -> ImagePart:
        raise AssertionError

    too_large = PictureArrived("data:image/png;base64," + "A" * (MAX_FILE_BYTES * 4 // 3 + 100))
    ((event,),) = await became((too_large,), keep=never)
    assert event == PictureAdded(ImagePart("", "", "", problem=PictureProblem.TOO_LARGE))


async def test_an_answer_that_goes_on_counts_those_it_has():
    has = tuple(ImagePart(f"{number:064}", "image/png", "x") for number in range(19))
    batches = await became(*[(PictureArrived(source(bytes([number]))),) for number in range(3)], parts=has)
    assert [event.picture.problem for (event,) in batches] == [None, PictureProblem.TOO_MANY]


async def test_a_link_is_reported_once():
    link = PictureArrived("https://a.example/x.png")
    assert await became((link, link)) == [(TextDelta("\n\n![](<https://a.example/x.png>)\n\n"),)]


async def test_what_it_shows_is_its_name_and_no_path():
    ((event,),) = await became((PictureArrived(source(b"x"), "A cat and/or a dog\\fox"),))
    assert event.picture.name == "A cat and or a dog fox"
