"""Glossaries from an export of everything: those whose files are not here are added, and nothing is replaced."""

import asyncio
from collections.abc import Iterable, Sequence

from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.presets.preset_import import GlossaryFound
from chatdesk.kernel.user_files import GLOSSARIES
from chatdesk.storage.files.user_files import UserFiles


class ImportedGlossaries:
    """`user_files` are the presets and glossaries here."""

    def __init__(self, user_files: UserFiles) -> None:
        self._user_files = user_files

    async def new(self, found: Iterable[GlossaryFound]) -> Sequence[GlossaryFound]:
        """Return the glossaries that can be added, and are not here yet; of several for the same languages, the first one."""
        by_name = {each.name.casefold(): each for each in reversed(tuple(found))}
        return await asyncio.to_thread(
            lambda: [each for each in reversed(by_name.values()) if self._user_files.is_missing(_path(each))]
        )

    async def add(self, found: Iterable[GlossaryFound]) -> Sequence[GlossaryFound]:
        """Add the glossaries that are not here yet, and return them. Raise `StorageError`; then none was added."""
        new = await self.new(found)
        return await asyncio.to_thread(self._add, new)

    async def remove(self, added: Iterable[GlossaryFound]) -> None:
        """Remove glossaries again, except those that were changed since. Raise `StorageError`."""
        await asyncio.to_thread(self._remove, tuple(added))

    def _add(self, new: Sequence[GlossaryFound]) -> Sequence[GlossaryFound]:
        added: list[GlossaryFound] = []
        try:
            for each in new:
                self._user_files.add(_path(each), _content(each))
                added.append(each)
        except StorageError:
            self._remove(added)
            raise
        return added

    def _remove(self, added: Iterable[GlossaryFound]) -> None:
        for each in added:
            self._user_files.remove(_path(each), _content(each))


def _path(glossary: GlossaryFound) -> str:
    return f"{GLOSSARIES}/{glossary.name}"


def _content(glossary: GlossaryFound) -> bytes:
    return glossary.text.encode("utf-8", "replace")
