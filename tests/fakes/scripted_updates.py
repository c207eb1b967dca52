"""Stands for the service that asks for newer versions: says what it is told, when it is let."""

import asyncio
from dataclasses import dataclass, field
from typing import Self

from chatdesk.features.updates.domain.updates import NewestVersion, ReleaseSource, UpdateProblem

SAME = NewestVersion("0.1.0", is_newer=False)
PLACE = ReleaseSource("https://releases.example/newest.json", "https://releases.example/")


@dataclass
class ScriptedUpdates:
    """`asked` counts. While `held` is not set, an answer waits."""

    source: ReleaseSource = PLACE
    answer: NewestVersion | UpdateProblem = SAME
    is_due: bool = True
    asked: int = 0
    held: asyncio.Event | None = field(default=None)

    def get(self) -> Self:
        """Return it, as `Lazy` does."""
        return self

    async def ask(self) -> NewestVersion | UpdateProblem:
        self.asked += 1
        if self.held:
            await self.held.wait()
        return self.answer
