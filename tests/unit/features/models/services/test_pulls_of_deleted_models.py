"""A model that is downloaded is not deleted any more, and one that is being deleted is downloaded after that."""

import asyncio

from chatdesk.features.models.services.pulls import Pulls
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import PullState
from tests.unit.features.models.services.test_pulls import ALL, SERVER, A, ScriptedPuller, state, unknown_space, until


class ScriptedDeletions:
    """Records what it receives; a deletion is under way until `done` is set."""

    def __init__(self) -> None:
        self.undone: list[ModelRef] = []
        self.done = asyncio.Event()

    def undo_deletion(self, ref: ModelRef) -> bool:
        self.undone.append(ref)
        return True

    async def wait_for_deletion(self, _ref: ModelRef) -> None:
        await self.done.wait()


async def nothing(_server: object) -> None:
    pass


async def test_the_deletion_of_what_is_downloaded_is_undone_and_one_under_way_comes_first() -> None:
    puller, deletions = ScriptedPuller(a=[[ALL]]), ScriptedDeletions()
    pulls = Pulls(puller, {SERVER.id: SERVER}.get, nothing, unknown_space, deletions=deletions)
    pulls.start(A)
    assert deletions.undone == [A]
    await asyncio.sleep(0.02)
    assert puller.calls == []
    deletions.done.set()
    await until(lambda: state(pulls, A) is PullState.DONE)
    await pulls.close()
