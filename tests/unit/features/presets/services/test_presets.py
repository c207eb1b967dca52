"""The preset library over real files and a real database."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chatdesk.features.presets.files.preset_folder import PresetFolder
from chatdesk.features.presets.services.presets import Presets, PresetsChanged
from chatdesk.kernel.errors.preset_errors import PresetInvalid
from chatdesk.kernel.errors.storage_errors import FileNotSaved
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.storage.database.database import Database
from chatdesk.storage.files.file_writing import replace_file

START = datetime(2026, 11, 25, tzinfo=UTC)


@dataclass
class Harness:
    presets: Presets
    database: Database
    folder: Path
    built_in: Path
    changes: list[PresetsChanged] = field(default_factory=list)

    def again(self) -> Presets:
        """Return the library as another start of the program finds it."""
        return Presets(
            self.built_in, PresetFolder(self.folder, PresetOrigin.OWN, replace_file), self.database, lambda: START
        )


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    built_in = tmp_path / "built-in"
    for language, text in (("en", "Translate."), ("zh_CN", "翻译。")):
        (built_in / language).mkdir(parents=True)
        (built_in / language / "translate.md").write_text(f'+++\nname = "{text}"  # shipped\n+++\n{text} {{{{to}}}}\n')
    database = Database(tmp_path / "chats.sqlite3")
    await database.open(expected=False)
    harness = Harness(cast_none(), database, tmp_path / "own", built_in)
    harness.presets = harness.again()
    await harness.presets.load("en")
    harness.presets.changes.subscribe(harness.changes.append)
    yield harness
    await database.close()


def cast_none() -> Presets:
    return None  # type: ignore[return-value]  # set at once


def own(name: str, prompt: str = "Do it.") -> Preset:
    return Preset("", PresetOrigin.OWN, name, prompt)


def names(presets: Presets) -> list[str]:
    return [preset.name for preset in presets.all()]


async def test_built_in_presets_speak_the_language_of_the_window(harness: Harness) -> None:
    assert names(harness.presets) == ["Translate."]
    await harness.presets.load("zh_CN")
    assert names(harness.presets) == ["翻译。"]
    await harness.presets.load("fr")
    assert names(harness.presets) == ["Translate."]


async def test_a_new_preset_is_a_readable_file_and_its_first_version(harness: Harness) -> None:
    made = await harness.presets.create(own("Answer a mail"))
    assert made.key == "own:answer-a-mail"
    assert "Do it." in (harness.folder / "answer-a-mail.md").read_text("utf-8")
    assert [version.number for version in await harness.presets.versions("answer-a-mail")] == [1]
    assert harness.changes == [PresetsChanged(frozenset({"own:answer-a-mail"}))]


async def test_saving_makes_the_next_version_and_saving_the_same_again_none(harness: Harness) -> None:
    made = await harness.presets.create(own("Mail"))
    changed = await harness.presets.save(replace(made, prompt="Do it well."))
    await harness.presets.save(changed)
    versions = await harness.presets.versions("mail")
    assert [version.number for version in versions] == [1, 2]
    assert "Do it well." in versions[-1].text


async def test_an_older_version_is_restored_as_the_newest(harness: Harness) -> None:
    made = await harness.presets.create(own("Mail"))
    await harness.presets.save(replace(made, prompt="Worse."))
    first = (await harness.presets.versions("mail"))[0]
    await harness.presets.save_text("mail", first.text)
    assert harness.presets.find("own:mail") == made
    assert len(await harness.presets.versions("mail")) == 3


async def test_changing_a_built_in_preset_makes_a_copy_in_its_place(harness: Harness) -> None:
    built_in = harness.presets.all()[0]
    await harness.presets.set_favourite([built_in.key], favourite=True)
    copy = await harness.presets.save(replace(built_in, name="My translation"))
    assert names(harness.presets) == ["My translation"]
    assert harness.presets.find("built-in:translate") == built_in
    assert harness.presets.state(copy.key).favourite
    assert "# shipped" in harness.presets.text_of(copy.key)
    await harness.presets.delete([copy.key])
    assert names(harness.presets) == ["Translate."]


async def test_a_copy_stands_beside_what_it_was_made_of(harness: Harness) -> None:
    copy = await harness.presets.duplicate("built-in:translate", "Second")
    assert (copy.origin, copy.replaces) == (PresetOrigin.OWN, "")
    assert sorted(names(harness.presets)) == ["Second", "Translate."]


async def test_what_another_editor_writes_appears_and_is_kept_as_a_version(harness: Harness) -> None:
    await harness.presets.create(own("Mail"))
    (harness.folder / "mail.md").write_text("Written elsewhere.", "utf-8")
    (harness.folder / "new.md").write_text("New.", "utf-8")
    await harness.presets.reload_changed()
    assert harness.presets.text_of("own:mail") == "Written elsewhere."
    assert harness.presets.find("own:new") is not None
    assert len(await harness.presets.versions("mail")) == 2
    assert harness.changes[-1] == PresetsChanged(frozenset({"own:mail", "own:new"}))


async def test_looking_again_without_a_change_says_nothing(harness: Harness) -> None:
    await harness.presets.reload_changed()
    assert harness.changes == []


async def test_a_file_that_broke_is_listed_and_can_be_mended(harness: Harness) -> None:
    await harness.presets.create(own("Mail"))
    (harness.folder / "mail.md").write_text("+++\nname = 1\n+++\nx", "utf-8")
    await harness.presets.reload_changed()
    assert [broken.file for broken in harness.presets.broken()] == ["mail.md"]
    with pytest.raises(PresetInvalid):
        await harness.presets.save_text("mail", "+++\nname = 2\n+++\nx")
    assert (harness.folder / "mail.md").read_text("utf-8") == "+++\nname = 1\n+++\nx"
    await harness.presets.save_text("mail", "x")
    assert harness.presets.broken() == ()


async def test_deleting_is_undone_with_all_that_was_remembered(harness: Harness) -> None:
    made = await harness.presets.create(own("Mail"))
    await harness.presets.record_use(made.key, {})
    deleted = await harness.presets.delete([made.key, "built-in:translate"])
    assert names(harness.presets) == ["Translate."]
    await harness.presets.restore(deleted)
    assert harness.presets.find(made.key) == made
    assert harness.presets.state(made.key).uses == 1


async def test_use_favourites_order_and_last_values_are_there_after_a_restart(harness: Harness) -> None:
    await harness.presets.record_use("built-in:translate", {"to": "German"})
    await harness.presets.record_use("built-in:translate", {"to": "French"})
    await harness.presets.set_favourite(["built-in:translate"], favourite=True)
    await harness.presets.set_order(["own:x", "built-in:translate"])
    again = harness.again()
    await again.load("en")
    state = again.state("built-in:translate")
    assert (state.uses, state.favourite, state.position, dict(state.values)) == (2, True, 1.0, {"to": "French"})
    assert state.last_used is not None
    assert state.last_used - START < timedelta(seconds=1)


async def test_values_are_forgotten_where_a_variable_wants_that(harness: Harness) -> None:
    text = '+++\n[[variables]]\nname = "secret"\nremember = false\n+++\n{{secret}} {{open}}'
    harness.folder.mkdir(exist_ok=True)
    (harness.folder / "x.md").write_text(text, "utf-8")
    await harness.presets.reload_changed()
    await harness.presets.record_use("own:x", {"secret": "s", "open": "o"})
    assert dict(harness.presets.state("own:x").values) == {"open": "o"}


# What must not be lost.


async def test_what_another_program_wrote_while_one_edits_is_a_version_when_one_saves(harness: Harness) -> None:
    made = await harness.presets.create(own("Mail"))
    (harness.folder / "mail.md").write_text("By another program.")
    await harness.presets.save(replace(made, prompt="By me."))
    texts = [version.text for version in await harness.presets.versions("mail")]
    assert texts[1] == "By another program."
    assert "By me." in texts[2]


async def test_what_could_not_be_read_again_is_not_written(harness: Harness) -> None:
    made = await harness.presets.create(own("Mail"))
    before = (harness.folder / "mail.md").read_text()
    for odd in (replace(made, name="n" * 500), replace(made, tags=("t",) * 1_000), replace(made, prompt="")):
        with pytest.raises(PresetInvalid):
            await harness.presets.save(odd)
    assert (harness.folder / "mail.md").read_text() == before


async def test_a_broken_file_that_is_mended_stays_in_the_trash_as_it_was(harness: Harness) -> None:
    await harness.presets.make_folder()
    (harness.folder / "odd.md").write_bytes(b"Gr\xfc\xdfe")
    await harness.presets.reload_changed()
    assert await harness.presets.read_text("odd.md") == "Gr\ufffd\ufffde"
    await harness.presets.save_text("odd", "Greetings")
    (trashed,) = (harness.folder / ".trash").iterdir()
    assert trashed.read_bytes() == b"Gr\xfc\xdfe"


async def test_a_broken_file_that_is_too_large_to_be_mended_here_is_not_shown_in_part(harness: Harness) -> None:
    await harness.presets.make_folder()
    (harness.folder / "odd.md").write_text("+++\n" + "x" * 7_000_000)
    await harness.presets.reload_changed()
    assert await harness.presets.read_text("odd.md") is None


async def test_what_cannot_come_back_leaves_the_others_coming_back(harness: Harness) -> None:
    for name in ("a", "b"):
        await harness.presets.create(own(name))
    deleted = await harness.presets.delete(["own:a", "own:b"])
    (harness.folder / ".trash" / deleted.names[0]).unlink()
    with pytest.raises(FileNotSaved):
        await harness.presets.restore(deleted)
    assert [preset.id for preset in harness.presets.all() if preset.origin is PresetOrigin.OWN] == ["b"]


async def test_the_built_in_presets_are_in_their_curated_order_and_a_copy_takes_the_place_of_its_original(
    harness: Harness,
) -> None:
    for preset_id in ("summary", "apple", "zebra"):
        (harness.built_in / "en" / f"{preset_id}.md").write_text(f"Do {preset_id}.")
    (harness.built_in / "order.txt").write_text("# first things first\ntranslate\nzebra\nsummary\n")
    await harness.presets.load("en")
    await harness.presets.save(replace(harness.presets.find("built-in:zebra"), prompt="Do the zebra."))
    await harness.presets.create(own("Mine"))
    trashed = [(preset.origin, preset.replaces or preset.id) for preset in harness.presets.all()]
    assert trashed == [
        ("own", "mine"),
        ("built-in", "translate"),
        ("own", "zebra"),
        ("built-in", "summary"),
        ("built-in", "apple"),
    ]
