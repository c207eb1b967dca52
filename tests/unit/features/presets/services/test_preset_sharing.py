"""Presets in from files of others and out again, over a real library."""

import asyncio
import io
import json
import zipfile
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatdesk.features.presets.files.preset_folder import PresetFolder
from chatdesk.features.presets.importing.files import read_files
from chatdesk.features.presets.services.preset_sharing import Conflict, ImportPreview, PresetSharing, Resolution
from chatdesk.features.presets.services.presets import Presets
from chatdesk.kernel.errors.storage_errors import FileNotSaved
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.presets.preset_import import MAX_PRESETS, Finding, ImportProblem, ImportRefused
from chatdesk.storage.database.database import Database
from chatdesk.storage.files.file_writing import replace_file

NOW = datetime(2026, 11, 25, tzinfo=UTC)


async def read_here(paths: Sequence[Path], report: Callable[[Finding], None]) -> None:
    read_files(paths, lambda _data: [], report)


def nothing(_number: int) -> None:
    """Nobody watches."""


@dataclass
class Harness:
    presets: Presets
    sharing: PresetSharing
    own: Path
    folder: Path
    written: Callable[[Path, bytes], None]

    async def read(self, *files: tuple[str, object]) -> ImportPreview:
        paths = []
        for name, content in files:
            paths.append(self.folder / name)
            data = content if isinstance(content, str | bytes) else json.dumps(content)
            paths[-1].write_bytes(data if isinstance(data, bytes) else data.encode())
        return await self.sharing.read(paths, nothing)

    async def take(self, preview: ImportPreview, resolution: Resolution = Resolution.ADD):
        return await self.sharing.run_import([(offer, resolution) for offer in preview.offers], nothing)

    def names(self) -> list[str]:
        return sorted(preset.name for preset in self.presets.all())

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.own.glob("*") if path.is_file()}

    async def own_preset(self, name: str, prompt: str = "Old.", **rest: object) -> Preset:
        return await self.presets.create(replace(Preset("", PresetOrigin.OWN, name, prompt), **rest))


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    (tmp_path / "built-in" / "en").mkdir(parents=True)
    (tmp_path / "built-in" / "en" / "translate.md").write_text('+++\nname = "Translate"\n+++\nTranslate. {{to}}\n')
    database = Database(tmp_path / "chats.sqlite3")
    await database.open(expected=False)
    made: list[Harness] = []

    def write(path: Path, data: bytes) -> None:
        made[0].written(path, data)

    folder = PresetFolder(tmp_path / "own", PresetOrigin.OWN, write)
    presets = Presets(tmp_path / "built-in", folder, database, lambda: NOW)
    await presets.load("en")
    made.append(Harness(presets, PresetSharing(presets, read_here), tmp_path / "own", tmp_path, replace_file))
    yield made[0]
    await database.close()


ACTS = [{"act": "Poet", "prompt": "Rhyme."}, {"act": "Cook", "prompt": "Cook."}]


async def test_what_is_chosen_comes_into_the_library_and_undo_takes_it_away(harness: Harness) -> None:
    preview = await harness.read(("acts.json", ACTS), ("bad.pdf", b"%PDF-"))
    assert [error.file for error in preview.refused] == ["bad.pdf"]
    assert harness.names() == ["Translate"]
    done = await harness.take(preview)
    assert (harness.names(), done.count) == (["Cook", "Poet", "Translate"], 2)
    assert [version.number for version in await harness.presets.versions("poet")] == [1]
    await harness.sharing.undo(done)
    assert harness.names() == ["Translate"]


async def test_conflicts_are_found_by_name_by_file_and_by_everything(harness: Harness) -> None:
    await harness.own_preset("poet", "Old.")
    await harness.own_preset("Cook", "Cook.")
    await harness.own_preset("Renamed")
    own_file = '+++\nname = "Other"\n+++\nNew.\n'
    built_in = '+++\nname = "Translate"\n+++\nTranslate. {{to}}\n'
    preview = await harness.read(("acts.json", ACTS), ("renamed.md", own_file), ("t.md", built_in), ("new.txt", "New."))
    assert [(offer.conflict, offer.key) for offer in preview.offers] == [
        (Conflict.SAME_NAME, "own:poet"),
        (Conflict.IDENTICAL, "own:cook"),
        (Conflict.SAME_NAME, "own:renamed"),
        (Conflict.IDENTICAL, "built-in:translate"),
        (Conflict.NONE, ""),
    ]


async def test_importing_the_same_twice_finds_it_identical(harness: Harness) -> None:
    await harness.take(await harness.read(("acts.json", ACTS)))
    again = await harness.read(("acts.json", ACTS))
    assert [offer.conflict for offer in again.offers] == [Conflict.IDENTICAL] * 2


CHERRY = {"id": "0192f1e2-assistant", "name": "Poet", "prompt": "Rhyme.", "emoji": "x"}
CHATBOX = {"myCopilots": [{"id": "0192f1e2-copilot", "name": "Poet", "prompt": "Rhyme."}]}
LOBECHAT = {
    "exportType": "agents",
    "state": {"sessions": [{"id": "s1", "config": {"systemRole": "Rhyme."}, "meta": {"title": "Poet"}}]},
}
JAN = {"object": "assistant", "id": "poet", "name": "Poet", "instructions": "Rhyme."}


@pytest.mark.parametrize("export", [[CHERRY], CHATBOX, LOBECHAT, JAN, ACTS[:1]])
async def test_a_preset_that_got_another_name_or_was_edited_is_not_added_again(
    harness: Harness, export: object
) -> None:
    await harness.own_preset("Poet")
    done = await harness.take(await harness.read(("export.json", export)))
    assert harness.names() == ["Poet", "Poet 2", "Translate"]
    (offer,) = (await harness.read(("export.json", export))).offers
    assert (offer.conflict, offer.key, offer.is_here) == (Conflict.IMPORTED, done.added[0], True)
    imported = harness.presets.find(offer.key)
    assert imported is not None
    await harness.presets.save(replace(imported, prompt="Rhyme well.", imported_from=""))
    (again,) = (await harness.read(("export.json", export))).offers
    assert (again.conflict, again.key) == (Conflict.IMPORTED, offer.key)


async def test_an_entry_that_was_changed_in_its_program_can_replace_the_preset(harness: Harness) -> None:
    await harness.take(await harness.read(("a.json", [CHERRY])))
    changed = await harness.read(("b.json", [CHERRY | {"prompt": "Rhyme better.", "name": "Bard"}]))
    assert [offer.conflict for offer in changed.offers] == [Conflict.IMPORTED]
    await harness.take(changed, Resolution.REPLACE)
    assert harness.names() == ["Bard", "Translate"]


async def test_the_same_short_id_of_other_users_is_no_identity(harness: Harness) -> None:
    await harness.take(await harness.read(("a.json", [CHERRY | {"id": "default"}])))
    other = await harness.read(("b.json", [CHERRY | {"id": "default", "name": "Cook", "prompt": "Cook."}]))
    assert [offer.conflict for offer in other.offers] == [Conflict.NONE]


async def test_keeping_both_gives_the_new_one_a_name_of_its_own(harness: Harness) -> None:
    await harness.own_preset("Poet")
    await harness.own_preset("Poet 2")
    await harness.take(await harness.read(("acts.json", ACTS[:1])))
    assert harness.names() == ["Poet", "Poet 2", "Poet 3", "Translate"]
    assert harness.presets.find("own:poet").prompt == "Old."


async def test_replacing_makes_a_new_version_and_undo_brings_the_old_text_back(harness: Harness) -> None:
    before = await harness.own_preset("Poet", replaces="translate")
    old = harness.presets.text_of(before.key)
    done = await harness.take(await harness.read(("acts.json", ACTS[:1])), Resolution.REPLACE)
    replaced = harness.presets.find("own:poet")
    assert (replaced.prompt, replaced.replaces) == ("Rhyme.", "translate")
    assert [version.number for version in await harness.presets.versions("poet")] == [1, 2]
    await harness.sharing.undo(done)
    assert harness.presets.text_of("own:poet") == old


async def test_replacing_a_built_in_preset_puts_one_of_ones_own_in_its_place(harness: Harness) -> None:
    preview = await harness.read(("x.json", [{"act": "Translate", "prompt": "Mine."}]))
    done = await harness.take(preview, Resolution.REPLACE)
    assert [preset.prompt for preset in harness.presets.all()] == ["Mine."]
    await harness.sharing.undo(done)
    assert [preset.prompt for preset in harness.presets.all()] == ["Translate. {{to}}"]


async def test_two_of_an_import_cannot_both_replace_the_same_one(harness: Harness) -> None:
    await harness.own_preset("Poet")
    preview = await harness.read(("x.json", [{"act": "Poet", "prompt": "One."}, {"act": "poet", "prompt": "Two."}]))
    await harness.take(preview, Resolution.REPLACE)
    assert harness.names() == ["Poet", "Translate", "poet 2"]


async def test_what_is_skipped_is_not_written(harness: Harness) -> None:
    done = await harness.take(await harness.read(("acts.json", ACTS)), Resolution.SKIP)
    assert (done.count, harness.names(), harness.files()) == (0, ["Translate"], {})


async def test_an_import_that_is_cancelled_leaves_everything_as_it_was(harness: Harness) -> None:
    await harness.own_preset("Poet")
    before = harness.files()
    preview = await harness.read(("acts.json", [*ACTS, *({"act": f"N{n}", "prompt": "x"} for n in range(50))]))
    choices = [(offer, Resolution.REPLACE) for offer in preview.offers]
    work: list[asyncio.Task] = []
    work.append(
        asyncio.create_task(harness.sharing.run_import(choices, lambda number: number == 3 and work[0].cancel()))
    )
    with pytest.raises(asyncio.CancelledError):
        await work[0]
    assert harness.files() == before
    assert [path.name for path in harness.own.iterdir() if path.is_dir()] == []
    await harness.presets.reload_changed()
    assert harness.names() == ["Poet", "Translate"]


@pytest.mark.parametrize("fails_at", [0, 1])
async def test_a_full_disk_leaves_everything_as_it_was(harness: Harness, fails_at: int) -> None:
    await harness.own_preset("Poet")
    before = harness.files()
    count = 0

    def write(path: Path, data: bytes) -> None:
        nonlocal count
        if count == fails_at:
            raise OSError(28, "No space left on device")
        count += 1
        replace_file(path, data)

    harness.written = write
    with pytest.raises(FileNotSaved) as error:
        await harness.take(await harness.read(("acts.json", ACTS)), Resolution.REPLACE)
    assert error.value.reason == "No space left on device"
    assert harness.files() == before


async def test_more_than_the_library_holds_is_refused(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatdesk.features.presets.services.preset_sharing.MAX_FILES", 1)
    with pytest.raises(ImportRefused) as refused:
        await harness.take(await harness.read(("acts.json", ACTS)))
    assert refused.value.problem is ImportProblem.TOO_MANY
    assert harness.files() == {}


async def test_files_together_hold_no_more_than_one_may(harness: Harness) -> None:
    most = [{"act": str(number), "prompt": "x"} for number in range(MAX_PRESETS)]
    preview = await harness.read(("most.json", most), ("one.txt", "One more."))
    assert len(preview.offers) == MAX_PRESETS
    assert [(error.file, error.problem) for error in preview.refused] == [("one.txt", ImportProblem.TOO_MANY)]


async def test_texts_that_are_too_much_together_are_refused(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatdesk.features.presets.importing.files.MAX_TOTAL_CHARACTERS", 10)
    preview = await harness.read(("a.txt", "x" * 6), ("b.txt", "y" * 6), ("c.txt", "z" * 4))
    assert [offer.candidate.file for offer in preview.offers] == ["a.txt", "c.txt"]
    assert [(error.file, error.problem) for error in preview.refused] == [("b.txt", ImportProblem.TOO_LARGE)]


async def test_one_preset_is_exported_as_its_file_and_comes_back_the_same(harness: Harness) -> None:
    made = await harness.own_preset("Poet", "Rhyme {{what}}.", sample="x")
    await harness.presets.record_use(made.key, {"what": "sk-canary"})
    text = await harness.sharing.exported([made.key])
    assert text == (harness.own / "poet.md").read_text()
    assert "canary" not in text
    assert str(harness.folder) not in text
    preview = await harness.read(("poet.md", text))
    assert [offer.conflict for offer in preview.offers] == [Conflict.IDENTICAL]


async def test_several_are_exported_as_an_archive_that_comes_back_the_same(harness: Harness) -> None:
    own = await harness.own_preset("Translate", "Mine.")
    data = await harness.sharing.exported([own.key, "built-in:translate", "own:gone"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert [entry.filename for entry in archive.infolist()] == ["translate.md", "translate-2.md"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    preview = await harness.read(("all.zip", data))
    assert [offer.conflict for offer in preview.offers] == [Conflict.IDENTICAL] * 2
