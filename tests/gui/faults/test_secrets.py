"""A key that every kind of server throws back at us is in nothing that stays: database, settings, log at its most talkative, exports."""

import asyncio
import logging
import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import pytest

from chatdesk.features.conversations.services.files.chat_formats import CHAT_FORMATS
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import Header
from chatdesk.system.log_files import log_file
from tests.exports import readable, written
from tests.fakes.scripted_server import Request, Reset, ScriptedServer, Step, reply
from tests.gui.faults.fault_harness import STOP, FaultHarness, says, sse

KEY = "CANARYkey0123456789abcdef"
"""Looks like no key: it is masked because it is known."""
HEADER = "CANARYheader0123456789"
BOTH = f"{KEY} {HEADER}"
ECHOES: list[Iterable[Step]] = [
    [reply({"error": {"message": f"Incorrect API key provided: {BOTH}"}}, 401)],
    [reply({"error": "unauthorized", "signin_url": f"https://evil.example/?key={KEY}"}, 401)],
    [reply({"error": {"message": f"forbidden for {BOTH}", "code": KEY}}, 403)],
    [reply({"error": BOTH}, 404)],
    [reply({"detail": [{"loc": ["header", KEY], "msg": BOTH}]}, 422)],
    [reply(f"<html><title>{BOTH}</title>", 500)],
    [reply(f"<html><title>{BOTH}</title>", 200, "text/html")],
    [reply("", 302, headers={"Location": f"https://evil.example/?key={KEY}&gate={HEADER}"})],
    [reply({"error": BOTH}, 429, headers={"X-Echo": BOTH})],
    sse(says("Half"), {"error": {"message": BOTH, "metadata": {"raw": BOTH, "provider_name": KEY}}}),
    sse(says("Half"), f"data: {BOTH} is no JSON\n\n", f"event: error\ndata: {BOTH}\n\n"),
    [reply(b"x", 200, "text/event-stream", {"Content-Encoding": BOTH})],
    [f"HTTP/1.1 200 {BOTH}\r\nBad header {BOTH}\r\n\r\n".encode()],
    [*sse(says("Half"))[:-1], Reset()],
    sse(says("Hi"), STOP),
]


async def test_a_key_is_in_nothing_that_stays(
    harness: FaultHarness, redactor: Redactor, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    reported: list[str] = []
    turns = iter(ECHOES)
    with log_file(tmp_path, redactor, logging.DEBUG):

        def script(_: Request) -> Iterable[Step]:
            return next(turns)

        async with ScriptedServer(script) as server:
            point = await harness.point_at(f"{server.url}/v1", headers=(Header("X-Gate", HEADER),))
            await harness.servers.set_key(point, KEY)
            logging.getLogger("chatdesk").warning("the log is on, and %s is a key", KEY)
            for _ in ECHOES:
                conversation = await harness.begin()
                reported.append(str(await harness.outcome(conversation)))
                messages = await harness.chat.messages(conversation)
                reported += [readable(await asyncio.to_thread(written, messages, each)) for each in CHAT_FORMATS]
                reported += [str(asdict(message)) for message in messages]
            sent = [request.headers for request in server.requests]
    assert all(KEY in headers["authorization"] and headers["x-gate"] == HEADER for headers in sent)
    assert len(sent) == len(ECHOES)
    stored = everything_in(tmp_path)
    assert b"Incorrect API key provided" in stored
    assert b"the log is on" in stored
    for text in (stored.decode("utf-8", "replace"), *reported, *os.environ.values(), cmdline()):
        assert "CANARY" not in text


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def cmdline() -> str:
    return Path("/proc/self/cmdline").read_text("utf-8", "replace")
