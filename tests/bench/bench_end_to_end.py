"""T1e, T1b and T6: the real window, database, network thread and socket, with a server that streams an answer, in a process of its own.

At 100 tokens a second, then as fast as the socket takes them; and how long it takes from Enter to the request, and from the first byte to
the first words on the screen.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import overload

from tests.bench.figure import Figure
from tests.bench.long_answer import long_answer
from tests.fakes.scripted_models import ScriptedAnswer, scripted_ollama
from tests.virtual_screen import virtual_screen

IDS = ("T1e", "T1b", "T6")

_TOKEN = 4
"""Characters."""
_PACED_TOKENS = 1_000
_LATENCY_RUNS = 5


@dataclass
class _Clocked(Sequence[str]):
    """An answer's pieces; notes when the first was sent and when the last."""

    pieces: Sequence[str]
    asked_at: float = 0.0
    times: list[float] = field(default_factory=list)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        return self.pieces[index]

    def __len__(self) -> int:
        return len(self.pieces)

    def __iter__(self) -> Iterator[str]:
        for piece in self.pieces:
            yield piece
            self.times[1:] = [time.time()]  # first and last


@dataclass(frozen=True)
class _Run:
    report: dict[str, float]
    sent: _Clocked


def measure() -> list[Figure]:
    """Return the figures of T1e, T1b and T6."""
    with virtual_screen() as screen:
        paced = _run(screen, _tokens(_PACED_TOKENS * _TOKEN), delay=0.01)
        fast = _run(screen, _tokens(200_000))
        # Watched apart: the fast timer that finds long stretches of work costs a tenth of what a paced answer does.
        watched = _run(screen, _tokens(_PACED_TOKENS * _TOKEN), delay=0.01, watched=True)
        fast_watched = _run(screen, _tokens(200_000), watched=True)
        short = [_run(screen, ["Yes", ".", " It is."], silence=0.3) for _ in range(_LATENCY_RUNS)]
    tokens = len(paced.sent.pieces)
    rate = tokens / (paced.sent.times[-1] - paced.sent.times[0])
    per_thousand = 1_000_000 / tokens
    to_screen = sorted((run.report["first_words"] - run.sent.times[0]) * 1000 for run in short)
    to_wire = sorted((run.sent.asked_at - run.report["asked"]) * 1000 for run in short)
    return [
        Figure(
            "T1e.process",
            paced.report["process"] * per_thousand,
            "ms CPU/1,000 tokens",
            at_most=900,
            beside={
                "tokens/s": rate,
                "GUI thread": paced.report["gui"] * per_thousand,
                "watched": watched.report["process"] * per_thousand,
            },
        ),
        Figure("T1e.slice", watched.report["longest"], "ms", at_most=8),
        Figure(
            "T1b.behind",
            (fast.report["last_words"] - fast.sent.times[-1]) * 1000,
            "ms after the last byte",
            at_most=300,
        ),
        Figure("T1b.process", fast.report["process"], "s CPU", at_most=1.5, beside={"GUI thread": fast.report["gui"]}),
        Figure("T1b.slice", fast_watched.report["longest"], "ms", at_most=16),
        Figure("T1b.missing", len("".join(fast.sent.pieces)) - fast.report["characters"], "characters", at_most=0),
        Figure("T6.to_wire", to_wire[len(to_wire) // 2], "ms", at_most=30, beside={"longest": to_wire[-1]}),
        Figure("T6.to_screen", to_screen[len(to_screen) // 2], "ms", at_most=20, beside={"longest": to_screen[-1]}),
    ]


def _tokens(characters: int) -> list[str]:
    text = long_answer(characters)[:characters].rstrip()
    return [text[start : start + _TOKEN] for start in range(0, len(text), _TOKEN)]


def _run(
    screen: dict[str, str], pieces: Sequence[str], *, delay: float = 0.0, silence: float = 0.0, watched: bool = False
) -> _Run:
    arguments = ("--watched",) if watched else ()
    return asyncio.run(_ask(screen, _Clocked(pieces), delay, silence, arguments))


async def _ask(screen: dict[str, str], sent: _Clocked, delay: float, silence: float, arguments: Sequence[str]) -> _Run:
    def answered(body: dict[str, list[object]]) -> ScriptedAnswer:
        if len(body["messages"]) == 1:
            return ScriptedAnswer()  # the first question of the chat; the second is measured
        sent.asked_at = time.time()
        return ScriptedAnswer(sent, delay=delay, silence=silence)

    with tempfile.TemporaryDirectory() as home:
        async with scripted_ollama(answered) as server:
            environment = os.environ | screen | {"CHATDESK_HOME": home, "OLLAMA_HOST": server.url}
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "tests.bench.stream_probe", *arguments),
                env=environment,
                stdout=asyncio.subprocess.PIPE,
            )
            output, _ = await asyncio.wait_for(process.communicate(), 120)
    return _Run(json.loads(output), sent)
