"""The presets that come with the program are sound: no hint is given about one, and their sections come back as they were written."""

from pathlib import Path

from chatdesk.features.presets.domain.conversion import convert
from chatdesk.features.presets.domain.lang_gpt import parse
from chatdesk.features.presets.domain.lint import lint
from chatdesk.features.presets.files.preset_file import read_preset
from chatdesk.kernel.presets.preset import PresetOrigin
from chatdesk.kernel.presets.template import names_in
from tests.for_all import for_all
from tests.paths import ROOT

FOLDER = ROOT / "resources/presets"
FILES = sorted(FOLDER.rglob("*.md"))


def test_there_are_presets_to_look_at() -> None:
    assert len(FILES) > 40


@for_all(FILES, lambda file: f"{file.parent.name}/{file.stem}")
def test_a_built_in_preset_gets_no_hint(file: Path) -> None:
    preset = read_preset(file.read_text(encoding="utf-8"), file.stem, PresetOrigin.BUILT_IN)
    assert lint(preset) == ()
    assert parse(preset.prompt).text == preset.prompt
    assert set(names_in(convert(preset.prompt))) == set(names_in(preset.prompt))
