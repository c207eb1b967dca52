"""T1, the part of the parser and the highlighter: what a piece of a streaming answer costs before anything is laid out.

Counted work stands beside the times: characters of inline markdown parsed for each character that came. Takes a few seconds.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

from markdown_it import MarkdownIt

from chatdesk.rendering.code.highlight import LineHighlighter
from chatdesk.rendering.markdown.incremental import IncrementalParser
from chatdesk.rendering.markdown.markdown import parse
from tests.bench.figure import Figure
from tests.unit.rendering.answers import answer
from tests.unit.rendering.code_samples import SAMPLES

IDS = ("T1",)

_PIECE = 13
"""Characters that come between two frames: 100 tokens a second, four characters a token, 30 frames."""
_PIECES = 600
_LENGTHS = {"2k": 2_000, "20k": 20_000, "200k": 200_000}
_LAST_DEFINITION = "\n[1]: <https://example.com/one>"


def measure() -> list[Figure]:
    """Return all figures of the rendering room."""
    return [*_answers(), *_long_blocks(), *_whole(), *_highlighting()]


def _answers() -> Iterator[Figure]:
    more = answer(_PIECE * _PIECES, seed=1, definitions=False)
    costs = {name: _appended(answer(length, definitions=False) + "\n\n", more) for name, length in _LENGTHS.items()}
    for name, (mean, longest, work) in costs.items():
        yield Figure(f"T1.parse_{name}", mean, "us/piece", beside={"longest": longest})
        yield Figure(f"T1.parse_work_{name}", work, "characters/char")
    yield Figure(
        "T1.parse_ratio", costs["200k"][0] / costs["2k"][0], "x", at_most=1.15, beside={"naive": _naive_ratio()}
    )
    yield Figure("T1.parse_work_ratio", costs["200k"][2] / costs["2k"][2], "x", at_most=1.01)
    parser = IncrementalParser()
    parser.feed(answer(200_000).removesuffix(_LAST_DEFINITION))
    yield Figure(
        "T1.parse_late_definition", _microseconds(partial(parser.feed, _LAST_DEFINITION)) / 1_000, "ms", at_most=33
    )


def _long_blocks() -> Iterator[Figure]:
    """Append to blocks as long as they become in practice."""
    blocks = {
        "code": ("```py\n" + "    total = add(first, 12)\n" * 5_000, "    y = add(x, 12)\n"),
        "code_in_list": ("1. a\n\n   ```py\n" + "   total = add(first, 12)\n" * 5_000, "   y = add(x, 12)\n"),
        "list": ("- an item with *emphasis*\n" * 2_000, "- one more `item`\n"),
        "loose_list": ("- an item with *emphasis*\n\n" * 2_000, "- one more `item`\n\n"),
        "table": ("| a | b | c |\n|---|---|---|\n" + "| 1 | **2** | `3` |\n" * 500, "| 4 | 5 | 6 |\n"),
        "quote": ("> quoted *words*\n>\n" * 1_000, "> more\n>\n"),
        "paragraph": ("Some *words* and `code` to read, with [a link](/x) in it. " * 350, "And more words. "),
    }
    for name, (begin, line) in blocks.items():
        mean, longest, work = _appended(begin, line * 40)
        beside = {"mean": mean / 1_000, "characters/char": work}
        yield Figure(f"T1.parse_{name}", longest / 1_000, "ms, longest", at_most=4, beside=beside)


def _appended(begin: str, text: str) -> tuple[float, float, float]:
    """Append a text piece by piece. Return the mean and the longest time in microseconds, and characters parsed for each one."""
    parser = IncrementalParser()
    parser.feed(begin)
    before = parser.characters_parsed
    pieces = [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]
    times = [_microseconds(partial(parser.feed, piece)) for piece in pieces]
    return statistics.fmean(times), max(times), (parser.characters_parsed - before) / len(text)


def _naive_ratio() -> float:
    """What the ratio is for who parses the whole answer at every frame."""
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return _median(partial(markdown.parse, answer(200_000))) / _median(partial(markdown.parse, answer(2_000)))


def _whole() -> Iterator[Figure]:
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for name, length in _LENGTHS.items():
        text = answer(length)
        beside = {"markdown-it, tokens only": _median(partial(markdown.parse, text)) / 1_000}
        yield Figure(f"T1.parse_whole_{name}", _median(partial(parse, text)) / 1_000, "ms", beside=beside)


def _highlighting() -> Iterator[Figure]:
    for language in ("python", "html", "javascript", "cpp", "yaml", "json"):
        highlighter = LineHighlighter(language)
        for line in SAMPLES[language].split(
            "\n"
        ):  # compiles the expressions of the lexer, and of those for what is embedded
            highlighter.add(line)
        lines = [line for line in (SAMPLES[language] * 60).split("\n") if line]
        times = [_microseconds(partial(highlighter.add, line)) for line in lines]
        longest = max(times)
        yield Figure(
            f"T1.highlight_{language}", statistics.median(times), "us/line", at_most=150, beside={"longest": longest}
        )


def _median(work: Callable[[], object]) -> float:
    return statistics.median(_microseconds(work) for _ in range(5))


def _microseconds(work: Callable[[], object]) -> float:
    begin = time.thread_time()  # not by the clock: a machine that has other work to do stops this for 4 ms and more
    work()
    return (time.thread_time() - begin) * 1e6
