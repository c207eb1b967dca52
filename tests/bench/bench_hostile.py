"""P7: the real window, database and socket beside a server that sends hostile texts; how long the GUI thread works in one go, at most.

The corpus is `tests/fakes/hostile_texts.py`; with it the arguments of tool calls, a word that comes in one piece, a message of 100 MB.
"""

import asyncio
import json
import os
import sys
import tempfile

from tests.bench.figure import Figure
from tests.bench.hostile_probe import IMPORTED, SMALL
from tests.fakes.hostile_texts import hostile_texts
from tests.fakes.scripted_models import ScriptedAnswer, scripted_ollama
from tests.fakes.scripted_server import reply

IDS = ("P7",)

_SEED = 1
_PIECE = 8_000
"""Characters that come between two frames from a server on the same machine."""
_ARGUMENTS = {f"arguments of {count} MB": count * 1_000_000 for count in (2, 8, 30)}
_IN_ONE_PIECE = {"a word in one piece": "x" * 1_000_000, "lines in one piece": "a\n" * 200_000}
_WORST = 8


def measure() -> list[Figure]:
    """Return the figures of P7."""
    return figures_of(asyncio.run(_measured([*_texts(), *_ARGUMENTS, *_IN_ONE_PIECE, IMPORTED])))


def figures_of(measurements: list[tuple[str, str, float]]) -> list[Figure]:
    """Return what the probe has measured as figures."""
    found = []
    for how in ("streamed", "opened"):
        costs = sorted(
            ((cost, name) for name, kind, cost in measurements if kind == how and name != SMALL), reverse=True
        )
        beside = {name: cost for cost, name in costs[:_WORST]}
        beside["median"] = costs[len(costs) // 2][0]
        beside["over 16 ms"] = sum(cost > 16 for cost, _ in costs)
        found.append(Figure(f"P7.{how}", costs[0][0], "ms", at_most=100, beside=beside))
        found.append(Figure(f"P7.texts_{how}", len(costs), "texts", at_least=87))
    found.append(Figure("P7.memory", next(cost for _, kind, cost in measurements if kind == "memory"), "MB"))
    return found


def _texts() -> dict[str, str]:
    # Words that are no characters come in no JSON.
    return {
        name: text.encode("utf-8", "replace").decode("utf-8", "replace") for name, text in hostile_texts(_SEED).items()
    }


def _answers() -> dict[str, ScriptedAnswer]:
    pieces = {name: [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)] for name, text in _texts().items()}
    whole = {name: [text] for name, text in _IN_ONE_PIECE.items()}
    calls = {name: ScriptedAnswer(refusal=_call("x, " * (length // 3))) for name, length in _ARGUMENTS.items()}
    return {name: ScriptedAnswer(text) for name, text in (pieces | whole).items()} | calls


def _call(words: str) -> bytes:
    function = {"name": "search", "arguments": {"query": words}}
    message = {"role": "assistant", "content": "I will look it up.", "tool_calls": [{"function": function}]}
    return reply({"model": "scripted:1b", "message": message, "done": True, "done_reason": "stop"})


async def _measured(names: list[str]) -> list[tuple[str, str, float]]:
    answers = _answers()

    def answered(body: dict[str, list[dict[str, str]]]) -> ScriptedAnswer:
        return answers.get(body["messages"][-1]["content"], ScriptedAnswer(("Yes.",)))

    with tempfile.TemporaryDirectory() as home:
        async with scripted_ollama(answered) as server:
            environment = os.environ | {
                "CHATDESK_HOME": home,
                "OLLAMA_HOST": server.url,
                "QT_QPA_PLATFORM": "offscreen",
            }
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "tests.bench.hostile_probe", json.dumps(names)),
                env=environment,
                stdout=asyncio.subprocess.PIPE,
            )
            output, _ = await process.communicate()
    return [tuple(json.loads(line)) for line in output.splitlines()]
