"""Answers that break off in the same read that brings words: those are kept."""

import zlib

import pytest

from chatdesk.kernel.errors.base import AnswerTooLarge, ConnectionLost
from chatdesk.network.http import HttpClient
from tests.fakes.scripted_server import LAST_CHUNK, chunk, head
from tests.unit.providers.openai.test_chat_completions import answered, says


@pytest.mark.parametrize("broken", [b"zz\r\n", chunk(b"data: " + b"x" * 9_000_000)])
async def test_words_that_come_together_with_what_breaks_the_stream_are_kept(http: HttpClient, broken: bytes):
    answer, error = await answered(http, head(), says("Hello") + says(" world") + broken, LAST_CHUNK)
    assert answer.text == "Hello world"
    assert isinstance(error, ConnectionLost | AnswerTooLarge)


async def test_words_before_damage_in_a_packed_answer_are_kept_and_the_connection_is_blamed(http: HttpClient):
    packer = zlib.compressobj(wbits=31)
    text = b"".join(b"data: %s\n\n" % body for body in (b'{"choices":[{"delta":{"content":"Hello"}}]}',) * 2)
    packed = packer.compress(text) + packer.flush(zlib.Z_SYNC_FLUSH) + b"\xff" * 100
    answer, error = await answered(http, head(headers={"Content-Encoding": "gzip"}), chunk(packed), LAST_CHUNK)
    assert answer.text == "HelloHello"
    assert isinstance(error, ConnectionLost)
