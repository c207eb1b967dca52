"""Formulas for the screen: asked for by their LaTeX, set in a process of their own, remembered.

What a formula is when it is set: `rendering/formulas/typeset/typeset_formula.py`. The process starts with the first formula and ends when
none came for a
while. A formula that takes too long costs it its life; the ones after it get a new one.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.fast_dataclass import dataclass

if TYPE_CHECKING:
    from chatdesk.rendering.formulas.typeset.process import FormulaProcess
    from chatdesk.rendering.formulas.typeset.typeset_formula import SetFormula

MOST_REMEMBERED = 3_000
_MOST_WAITING = 2_000
"""Those asked for longest ago are dropped then: they are asked for again when they are looked at."""


@dataclass(frozen=True, slots=True)
class FormulaKey:
    """What a formula is remembered by."""

    latex: str
    displayed: bool


@dataclass(frozen=True, slots=True)
class ProcessTimeouts:
    """In seconds."""

    start: float = 20.0
    """For the first formula of a process, which must load before."""
    formula: float = 2.0
    idle: float = 60.0
    """Without work; then the process ends and gives its memory back."""


class Formulas:
    """One per program, used on the loop's thread; `close` it. `start_process` is called when there is work for one."""

    def __init__(self, start_process: "Callable[[], FormulaProcess]", timeouts: ProcessTimeouts | None = None) -> None:
        self.set_formulas: Announcer[FormulaKey] = Announcer()
        """Tells of every formula that has been set, or refused."""
        self._start_process = start_process
        self._timeouts = timeouts or ProcessTimeouts()
        self._known: OrderedDict[FormulaKey, SetFormula] = OrderedDict()
        self._wanted: OrderedDict[FormulaKey, None] = OrderedDict()
        self._came = asyncio.Event()
        self._work: asyncio.Task[None] | None = None

    def known(self, key: FormulaKey) -> "SetFormula | None":
        """Return a formula that is remembered."""
        if key in self._known:
            self._known.move_to_end(key)
        return self._known.get(key)

    def ask(self, key: FormulaKey) -> None:
        """Have a formula set, after those that were asked for before. `set_formulas` tells when it is."""
        if key in self._known or key in self._wanted:
            return
        self._wanted[key] = None
        while len(self._wanted) > _MOST_WAITING:
            self._wanted.popitem(last=False)
        self._came.set()
        if self._work is None or self._work.done():
            self._work = asyncio.get_running_loop().create_task(self._set_all())

    async def close(self) -> None:
        """End the process, also in the middle of a formula."""
        self._wanted.clear()
        if self._work:
            self._work.cancel()
            await asyncio.wait([self._work])

    async def _set_all(self) -> None:
        """Work until nothing has been wanted for a while, in as many processes as it takes."""
        from chatdesk.rendering.formulas.typeset.typeset_formula import (  # noqa: PLC0415 - start-up time
            ProcessEnded,
            Reason,
            Refused,
        )

        process: FormulaProcess | None = None
        try:
            while self._wanted or await self._more_comes():
                key = next(iter(self._wanted))
                try:
                    process = process or await self._start()
                    async with asyncio.timeout(self._timeouts.formula):
                        formula = await process.set(key.latex, displayed=key.displayed)
                except (TimeoutError, ProcessEnded, OSError) as error:
                    slow = isinstance(error, TimeoutError | ProcessEnded)  # it ends by itself for want of memory
                    formula = Refused(Reason.TOO_SLOW) if slow else Refused(Reason.NOT_UNDERSTOOD, str(error))
                    if process:
                        await process.end()
                        process = None
                self._remember(key, formula)
        finally:
            if process:
                await process.end()

    async def _start(self) -> "FormulaProcess":
        """Return a process that has loaded what it needs: its first formula is one that nobody asked for."""
        process = self._start_process()
        try:
            async with asyncio.timeout(self._timeouts.start):
                await process.set("x", displayed=False)
        except BaseException:
            await process.end()
            raise
        return process

    async def _more_comes(self) -> bool:
        self._came.clear()
        try:
            async with asyncio.timeout(self._timeouts.idle):
                await self._came.wait()
        except TimeoutError:
            return False
        return True

    def _remember(self, key: FormulaKey, formula: "SetFormula") -> None:
        self._wanted.pop(key, None)
        self._known[key] = formula
        while len(self._known) > MOST_REMEMBERED:
            self._known.popitem(last=False)
        self.set_formulas.announce(key)
