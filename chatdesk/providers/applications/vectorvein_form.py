"""What VectorVein tells of its workflows -> what can be chosen and filled in. Format: its own API and the data of its editor.

A workflow has no chat: it has fields. The first text among them is what is written in the chat; the others are the form.
"""

from collections.abc import Iterator, Mapping

from chatdesk.kernel.chat.application import Application
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.variable import TOGGLE_ON, Variable, VariableKind
from chatdesk.kernel.text.json_values import NotJson, decode, elements, members, text_of
from chatdesk.providers.applications.forms import MOST_FIELDS, variable, words

_KINDS = {
    "input": VariableKind.TEXT,
    "text": VariableKind.TEXT,
    "textarea": VariableKind.LONG_TEXT,
    "select": VariableKind.CHOICE,
    "number": VariableKind.NUMBER,
    "checkbox": VariableKind.TOGGLE,
    "switch": VariableKind.TOGGLE,
}
_TEXTS = frozenset({VariableKind.TEXT, VariableKind.LONG_TEXT})


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a workflow: where it stands there, and how it is asked for."""

    node_id: str
    name: str
    variable: Variable


@dataclass(frozen=True, slots=True)
class Workflow:
    """A workflow. `question` is the field that what is written in the chat goes into; None if it has no text."""

    id: str
    title: str
    application: Application
    question: Field | None = None
    fields: tuple[Field, ...] = ()
    """The others."""

    def sent(self, question: str, inputs: Mapping[str, str]) -> list[dict[str, object]]:
        """Return the fields as they are sent."""
        asked = [(self.question, question)] if self.question else []
        asked += [(field, inputs.get(field.variable.name, field.variable.default)) for field in self.fields]
        return [
            {"node_id": field.node_id, "field_name": field.name, "value": _value(field.variable, value)}
            for field, value in asked
        ]


def decode_workflow(value: object) -> Workflow | None:
    """Return a workflow; None for what is none."""
    entry = members(value)
    workflow_id = words(entry.get("wid"))
    if not workflow_id:
        return None
    listed = tuple(_listed(entry) or _of_nodes(members(entry.get("data"))))[:MOST_FIELDS]
    question = next((field for field in listed if field.variable.kind in _TEXTS), None)
    fields = tuple(field for field in listed if field is not question)
    application = Application(
        description=words(entry.get("brief")), inputs=tuple(field.variable for field in fields), remembers=False
    )
    return Workflow(workflow_id, words(entry.get("title")) or workflow_id, application, question, fields)


def decode_outputs(value: object) -> str:
    """Return what a workflow came to, as markdown: each output under its title, one alone without it."""
    outputs = [members(each) for each in elements(value)]
    said = [(words(each.get("title")), text) for each in outputs if (text := _shown(each.get("value")))]
    if len(said) == 1:
        return said[0][1]
    return "\n\n".join(f"**{title}**\n\n{text}" if title else text for title, text in said)


def _listed(entry: Mapping[str, object]) -> list[Field]:
    """Return the fields that the API lists by themselves."""
    found = (
        _field(words(each.get("node_id")), each.get("field_name"), each)
        for each in map(members, elements(entry.get("inputs")))
    )
    return [field for field in found if field]


def _of_nodes(data: Mapping[str, object]) -> Iterator[Field]:
    """Yield the fields that the editor shows: those of the nodes marked so."""
    for node in map(members, elements(data.get("nodes"))):
        inside = members(node.get("data"))
        if node.get("category") == "triggers" or inside.get("has_inputs") is False:
            continue
        for name, described in members(inside.get("template")).items():
            about = members(described)
            if about.get("show") is True and (field := _field(words(node.get("id")), name, about)):
                yield field


def _field(node_id: str, name: object, about: Mapping[str, object]) -> Field | None:
    kind = _KINDS.get(text_of(about.get("field_type")) or text_of(about.get("type")) or "input")
    key = words(name)
    if not (node_id and key and kind):
        return None
    options = [
        members(each).get("value") if isinstance(each, dict) else each for each in elements(about.get("options"))
    ]
    label = about.get("display_name") or about.get("label") or about.get("title") or key
    default = about.get("value") if "value" in about else about.get("default")
    made = variable(f"{node_id}.{key}", kind, about, label=label, default=default, choices=options)
    return Field(node_id, key, made) if made else None


def _value(field: Variable, value: str) -> object:
    if field.kind is VariableKind.TOGGLE:
        return value == TOGGLE_ON
    if field.kind is VariableKind.NUMBER and value.strip():
        try:
            return decode(value.replace(",", "."))
        except NotJson:
            return value
    return value


def _shown(value: object) -> str:
    if isinstance(value, str):
        return text_of(value)
    shown = [each for each in elements(value) if isinstance(each, str | int | float)]
    if shown:
        return "\n".join(f"- {text_of(each) if isinstance(each, str) else each}" for each in shown)
    return "" if value in (None, [], {}) else words(value) or f"`{value}`"
