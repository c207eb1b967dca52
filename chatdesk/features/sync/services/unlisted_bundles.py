"""Bundles that a server leaves out of its listing of the folder, because it lists only so many files.

What a listing lacks is never taken for removed. That it is cut is certain when a bundle is in the folder and not in the listing. One that
was there is asked for by its name: the newest one of a computer, which is only deleted when a newer one is there. If a listing has as many
entries as a server may list at most, the next bundle of each computer is asked for. Once it is certain, others are asked for, too, a few in
each round: numbers are consecutive, except for bundles that were never written or have been joined.
"""

from collections.abc import Collection, Mapping, Sequence

from chatdesk.features.sync.services.shared_folder import SharedFolder, StoredBundle
from chatdesk.kernel.errors.backup_errors import NotAWebDavServer, RemoteFolderRefused

_FEWEST_ENTRIES, _MULTIPLE = 100, 50
"""Servers list a round number of entries: 750, 1,000, …, with or without the folder itself."""
_REQUESTS = 8
"""Number of requests in vain in a round: some servers limit requests."""
_MOST_FOUND = 100
_REACH = 300
"""How far from the newest number others are asked for: joined bundles leave gaps of 200 numbers and more."""
_MOST_COMPUTERS = 20


class UnlistedBundles:
    """Finds such bundles. Its methods raise what `SharedFolder` raises."""

    def __init__(self) -> None:
        self.is_cut = False
        """Whether the last listing lacked bundles that are there."""
        self._missing: set[tuple[str, int]] = set()
        """Computers and numbers of bundles that were asked for in vain although later ones are there, or they were there themselves."""
        self._not_yet: set[tuple[str, int]] = set()
        """Those that were asked for and may still be written, until all have had their turn."""
        self._rounds = 0

    def ask_again(self) -> None:
        """Ask once more for what was asked for in vain."""
        self._missing.clear()
        self._not_yet.clear()

    async def find(
        self,
        folder: SharedFolder,
        listed: Sequence[StoredBundle],
        known: Collection[tuple[str, int]],
        newest: Mapping[str, int],
        own: str,
    ) -> tuple[StoredBundle, ...]:
        """Return bundles of other computers that are in the folder although they are not `listed`.

        `known` has the computers and numbers of all bundles that were read or written, `newest` the largest number of each computer;
        `own` is this computer.
        """
        self._rounds += 1
        in_listing = {(each.name.machine, each.name.number) for each in listed}
        computers = sorted(newest, key=lambda machine: (machine != own, machine))[:_MOST_COMPUTERS]
        last = {machine: newest[machine] for machine in computers}
        self.is_cut = await self._is_one_unlisted(folder, in_listing, last)
        if not self.is_cut and not _is_at_limit(folder.listed_entries):
            return ()
        last.pop(own, None)
        for machine, number in in_listing:
            if machine in last:
                last[machine] = max(last[machine], number)
        found, requests = await self._ask_for_next(folder, last)
        if self.is_cut:
            found += await self._ask_for_others(folder, last, {*known, *in_listing}, requests)
        self.is_cut = self.is_cut or bool(found)
        return tuple(found)

    async def _is_one_unlisted(
        self, folder: SharedFolder, listed: Collection[tuple[str, int]], newest: Mapping[str, int]
    ) -> bool:
        """Return whether the newest known bundle of a computer is in the folder and not listed."""
        for bundle in newest.items():
            if bundle not in listed and bundle not in self._missing and await self._find(folder, bundle, bundle[1]):
                return True
        return False

    async def _ask_for_next(self, folder: SharedFolder, last: Mapping[str, int]) -> tuple[list[StoredBundle], int]:
        """Ask for the bundles of each computer that follow its last one. Return them, and how many more requests may be made in vain."""
        found: list[StoredBundle] = []
        requests = _REQUESTS
        machines = tuple(last)
        for machine in _some(machines, _REQUESTS, self._rounds):
            number = last[machine] + 1
            while len(found) < _MOST_FOUND and (bundle := await self._find(folder, (machine, number), last[machine])):
                found.append(bundle)
                number += 1
            requests -= 1
        return found, requests

    async def _ask_for_others(
        self, folder: SharedFolder, last: Mapping[str, int], known: Collection[tuple[str, int]], requests: int
    ) -> list[StoredBundle]:
        """Ask for some of the bundles that are farther away from the last one of a computer, or before it, the nearest ones first."""
        done = {*known, *self._missing, *self._not_yet}
        nearby = [
            (machine, number)
            for distance in range(1, _REACH)
            for machine, newest in last.items()
            for number in (newest + 1 + distance, newest - distance)
            if number > 0 and (machine, number) not in done
        ]
        if not nearby:
            self._not_yet.clear()
        self._not_yet.update(nearby[:requests])
        asked = [await self._find(folder, each, last[each[0]]) for each in nearby[:requests]]
        return [bundle for bundle in asked if bundle]

    async def _find(self, folder: SharedFolder, bundle: tuple[str, int], newest: int) -> StoredBundle | None:
        """Return a bundle if it is there. `newest` is the last number of its computer that is known."""
        try:
            found = await folder.find_bundle(*bundle)
        except (RemoteFolderRefused, NotAWebDavServer):  # no reason to give up what the server does list
            return None
        if found is None and bundle[1] <= newest:
            self._missing.add(bundle)
        return found


def _some[Item](items: Sequence[Item], count: int, turn: int) -> list[Item]:
    """Return `count` of the items, the next ones with each turn."""
    start = turn * count
    return [items[index % len(items)] for index in range(start, start + min(count, len(items)))]


def _is_at_limit(entries: int) -> bool:
    return entries >= _FEWEST_ENTRIES - 1 and (entries % _MULTIPLE == 0 or (entries + 1) % _MULTIPLE == 0)
