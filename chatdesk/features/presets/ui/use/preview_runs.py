"""Filled-in text of a preset for given values, in parts by origin. `filled_text.py` shows it."""

from collections.abc import Callable, Mapping

from chatdesk.kernel.presets.preset import Preset
from chatdesk.kernel.presets.template import pieces
from chatdesk.kernel.presets.variable import SystemVariable

Run = tuple[str, str]


def preview_runs(preset: Preset, values: Mapping[str, str], system_text: Callable[[SystemVariable], str]) -> list[Run]:
    """Return prompt and opening message filled in: texts of the preset, entered values, and names of missing values in brackets."""
    variables = {variable.name: variable for variable in preset.variables}
    filled = {name: variable.words_for(values.get(name, variable.default)) for name, variable in variables.items()}
    shown = {name: value or f"[{variables[name].title}]" for name, value in filled.items()}
    shown |= {name: f"[{system_text(name)}]" for name in SystemVariable}
    runs: list[Run] = []
    for text in filter(None, (preset.prompt.strip(), preset.question.strip())):
        if runs:
            runs.append(("\n\n", "text"))
        for piece in pieces(text, shown):
            color = "text" if not piece.name else "accentText" if filled.get(piece.name) else "textTertiary"
            runs.append((piece.text, color))
    return runs
