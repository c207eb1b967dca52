"""LM Studio's presets. Since version 0.3 a list of settings (`operation.fields`, each with `key` and `value`); before, `inference_params`.

Some values stand as they are, some as `{"checked": true, "value": …}`.
"""

from collections.abc import Mapping

from chatdesk.features.presets.files.plain_text import clean_line
from chatdesk.features.presets.importing.entries import Entry, left_out, list_in, parameters_of, record_in, text_in
from chatdesk.kernel.presets.preset_import import ImportFormat, ImportNote, NoteKind
from chatdesk.kernel.presets.template import escape

_PREFIX = "llm.prediction."
_TOOLS = ("tool", "plugin", "mcp")


def is_preset(value: Mapping[str, object]) -> bool:
    """Whether a JSON object is a preset of either time."""
    return "fields" in record_in(value, "operation") or isinstance(value.get("inference_params"), dict)


def read_preset(value: Mapping[str, object]) -> Entry:
    """Return what a preset says to the model, and how."""
    name = text_in(value, "name") or text_in(value, "identifier").rpartition(":")[2]
    if old := record_in(value, "inference_params"):
        return Entry(
            ImportFormat.LM_STUDIO,
            name,
            escape(text_in(old, "pre_prompt")),
            parameters=parameters_of(old.get("temp"), old.get("top_p"), old.get("n_predict")),
            notes=left_out(value),
        )
    fields = {
        key.removeprefix(_PREFIX): _plain(each.get("value"))
        for each in list_in(record_in(value, "operation"), "fields")
        if isinstance(each, dict) and isinstance(key := each.get("key"), str)
    }
    tools = [
        clean_line(key)[:60] for key, said in fields.items() if said and any(word in key.lower() for word in _TOOLS)
    ]
    prompt = fields.get("systemPrompt")
    return Entry(
        ImportFormat.LM_STUDIO,
        name,
        escape(prompt) if isinstance(prompt, str) else "",
        description=text_in(value, "description"),
        parameters=parameters_of(
            fields.get("temperature"), fields.get("topPSampling"), fields.get("maxPredictedTokens")
        ),
        notes=(ImportNote(NoteKind.LEFT_OUT, len(tools), ", ".join(tools[:12])),) if tools else (),
    )


def _plain(value: object) -> object:
    if isinstance(value, dict) and "checked" in value:
        return value.get("value") if value["checked"] is True else None
    return value
