"""Filled-in text of a preset for given values, in parts by origin. `filled_text.py` shows it."""

from collections.abc import Callable, Mapping

from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.presets.preset import Preset
from chatdesk.kernel.presets.template import prompt_parts
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
        for prompt_part in prompt_parts(text, shown):
            color = "text" if not prompt_part.name else "accentText" if filled.get(prompt_part.name) else "textTertiary"
            runs.append((prompt_part.text, color))
    return runs


def filled_runs(preset: AppliedPreset, text: str) -> list[Run]:
    """Return what is sent for a text: the prompt, and the message with the opening message of the preset."""
    filled = {each.name: each.words_for(preset.values.get(each.name, each.default)) for each in preset.variables}
    shown = {each.name: filled[each.name] or f"[{each.title}]" for each in preset.variables}
    shown |= {str(name): f"[{name}]" for name in SystemVariable} | {str(SystemVariable.INPUT): text}
    parts = [preset.prompt.strip()]
    if question := preset.question.strip():
        parts.append(question)
    runs: list[Run] = []
    for part in filter(None, parts):
        if runs:
            runs.append(("\n\n", "text"))
        runs += [
            (prompt_part.text, "accentText" if prompt_part.name else "textSecondary")
            for prompt_part in prompt_parts(part, shown)
        ]
    if not (question and preset.accepts_input):
        runs += [("\n\n", "text")] if runs else []
        runs.append((text, "accentText"))
    return runs
