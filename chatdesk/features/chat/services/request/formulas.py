"""Typeset formulas for the screen: requested by their LaTeX, typeset in a child process, and cached in memory and on disk.

`rendering/formulas/typeset/typeset_formula.py` describes a typeset formula. The process starts with the first formula that is not on disk,
and ends after a time without work. A formula that takes too long ends the process; a new one typesets the formulas after it.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.fast_dataclass import dataclass

if TYPE_CHECKING:
    from chatdesk.kernel.lazy import Lazy
    from chatdesk.rendering.formulas.typeset.process import FormulaProcess
    from chatdesk.rendering.formulas.typeset.typeset_formula import SetFormula
    from chatdesk.storage.files.file_cache import FileCache

MAX_CACHED = 3_000
_MAX_PENDING = 2_000
"""Beyond this the oldest requests are dropped; they are requested again when they become visible."""
_GROUP = 200
"""Number of formulas that `typeset` requests at a time."""


@dataclass(frozen=True, slots=True)
class FormulaKey:
    """The cache key of a formula."""

    latex: str
    displayed: bool


@dataclass(frozen=True, slots=True)
class ProcessTimeouts:
    """Timeouts in seconds."""

    start: float = 20.0
    """For the first formula of a process, which has to load its modules first."""
    formula: float = 2.0
    idle: float = 60.0
    """Without work, until the process ends and frees its memory."""


class Formulas:
    """Typesets formulas in a child process.

    One per program, used on the thread of the event loop; call `close` at the end.

    `start_process` is called when there is work for a process. Formulas in `files` need none: a chat that is opened again shows them at
    once.
    """

    def __init__(
        self,
        start_process: "Callable[[], FormulaProcess]",
        timeouts: ProcessTimeouts | None = None,
        files: "Lazy[FileCache] | None" = None,
    ) -> None:
        self.formula_ready: Announcer[FormulaKey] = Announcer()
        """Announces every formula that has been typeset or refused."""
        self._start_process = start_process
        self._timeouts = timeouts or ProcessTimeouts()
        self._files = files
        self._not_on_disk: set[FormulaKey] = set()
        """Pending formulas that were looked for on disk."""
        self._version = ""
        """Of the typesetter; part of the keys on disk."""
        self._known: OrderedDict[FormulaKey, SetFormula] = OrderedDict()
        self._pending: OrderedDict[FormulaKey, None] = OrderedDict()
        self._requested = asyncio.Event()
        self._work: asyncio.Task[None] | None = None

    def cached(self, key: FormulaKey) -> "SetFormula | None":
        """Return a cached formula, or None."""
        if key in self._known:
            self._known.move_to_end(key)
        return self._known.get(key)

    def request(self, key: FormulaKey) -> None:
        """Request a formula to be typeset after those requested before. `formula_ready` announces the result."""
        if key in self._known or key in self._pending:
            return
        self._pending[key] = None
        while len(self._pending) > _MAX_PENDING:
            self._pending.popitem(last=False)
        self._requested.set()
        if self._work is None or self._work.done():
            self._work = asyncio.get_running_loop().create_task(self._typeset_all())

    async def typeset(self, keys: "Sequence[FormulaKey]") -> "Mapping[FormulaKey, SetFormula]":
        """Return formulas, all of them typeset or refused. They are requested in small groups, so that none is dropped."""
        found: dict[FormulaKey, SetFormula] = {}
        for start in range(0, len(keys), _GROUP):
            waiting = set(keys[start : start + _GROUP])
            changed = asyncio.Event()

            def notice(_key: FormulaKey, changed: asyncio.Event = changed) -> None:
                changed.set()

            unsubscribe = self.formula_ready.subscribe(notice)
            try:
                while True:
                    known = {key: formula for key in waiting if (formula := self.cached(key))}
                    found |= known
                    waiting -= known.keys()
                    if not waiting:
                        break
                    changed.clear()
                    for key in waiting:  # again, because others may have displaced it
                        self.request(key)
                    await changed.wait()
            finally:
                unsubscribe()
        return found

    async def close(self) -> None:
        """End the process, even in the middle of a formula."""
        self._pending.clear()
        if self._work:
            self._work.cancel()
            await asyncio.wait([self._work])

    async def _typeset_all(self) -> None:
        """Typeset requested formulas until none has come for a while, restarting the process as needed."""
        from chatdesk.rendering.formulas.typeset.typeset_formula import (  # noqa: PLC0415 - start-up time
            ProcessEnded,
            Reason,
            Refused,
        )

        process: FormulaProcess | None = None
        try:
            while self._pending or await self._wait_for_more():
                await self._take_from_disk()
                if not self._pending:
                    continue
                key = next(iter(self._pending))
                try:
                    process = process or await self._start()
                    async with asyncio.timeout(self._timeouts.formula):
                        formula = await process.set(key.latex, displayed=key.displayed)
                except (TimeoutError, ProcessEnded, OSError) as error:
                    slow = isinstance(
                        error, TimeoutError | ProcessEnded
                    )  # it ends by itself when it runs out of memory
                    formula = Refused(Reason.TOO_SLOW) if slow else Refused(Reason.NOT_UNDERSTOOD, str(error))
                    if process:
                        await process.end()
                        process = None
                self._cache(key, formula)
                await self._store(key, formula)
        finally:
            if process:
                await process.end()

    async def _take_from_disk(self) -> None:
        """Use the pending formulas that are on disk, so that none of them waits for others that are not."""
        if self._files is None:
            return
        from chatdesk.rendering.formulas.typeset.typeset_formula import decode  # noqa: PLC0415 - start-up time

        for key in [key for key in self._pending if key not in self._not_on_disk]:
            content = await self._files.get().get(await self._file_key(key))
            try:
                self._cache(key, decode(content or b""))
            except ValueError:
                self._not_on_disk.add(key)
        self._not_on_disk &= self._pending.keys()

    async def _store(self, key: FormulaKey, formula: "SetFormula") -> None:
        """Store a formula on disk, unless another try might have another result."""
        if self._files is None:
            return
        from chatdesk.rendering.formulas.typeset.typeset_formula import (  # noqa: PLC0415 - start-up time
            Reason,
            Refused,
            encode,
        )

        if not (isinstance(formula, Refused) and formula.reason in {Reason.TOO_SLOW, Reason.NOT_UNDERSTOOD}):
            await self._files.get().put(await self._file_key(key), encode(formula))

    async def _file_key(self, key: FormulaKey) -> str:
        if not self._version:
            from chatdesk.rendering.formulas.typeset.typeset_formula import (  # noqa: PLC0415 - start-up time
                typesetter_version,
            )

            self._version = await asyncio.to_thread(typesetter_version)
        return f"{self._version}\n{key.displayed:d}\n{key.latex}"

    async def _start(self) -> "FormulaProcess":
        """Return a process that has loaded its modules, by typesetting a first formula whose result is not used."""
        process = self._start_process()
        try:
            async with asyncio.timeout(self._timeouts.start):
                await process.set("x", displayed=False)
        except BaseException:
            await process.end()
            raise
        return process

    async def _wait_for_more(self) -> bool:
        self._requested.clear()
        try:
            async with asyncio.timeout(self._timeouts.idle):
                await self._requested.wait()
        except TimeoutError:
            return False
        return True

    def _cache(self, key: FormulaKey, formula: "SetFormula") -> None:
        self._pending.pop(key, None)
        self._not_on_disk.discard(key)
        self._known[key] = formula
        while len(self._known) > MAX_CACHED:
            self._known.popitem(last=False)
        self.formula_ready.announce(key)
