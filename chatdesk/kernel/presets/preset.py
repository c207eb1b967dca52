"""A preset as a value. `features/presets/files/preset_file.py` defines its file format; `applied_presets.py` what a chat stores of it."""

from collections.abc import Mapping
from dataclasses import field, fields, replace
from enum import StrEnum

from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.presets.template import names_in, rename
from chatdesk.kernel.presets.variable import SYSTEM_NAMES, Variable


class PresetOrigin(StrEnum):
    """Origin of a preset."""

    BUILT_IN = "built-in"
    OWN = "own"


class SendAs(StrEnum):
    """How the prompt is sent to the model. The values are used in preset files."""

    AUTO = "auto"
    """As recommended by the model's authors; DeepSeek-R1's authors advise against a system message."""
    SYSTEM = "system"
    QUESTION = "question"
    """At the start of the first question, in the same message."""


class OutputKind(StrEnum):
    """Expected format of the answer."""

    MARKDOWN = "markdown"
    TEXT = "text"
    HTML = "html"
    CODE = "code"
    TABLE = "table"
    JSON = "json"


class PresetKind(StrEnum):
    """Where a preset is used."""

    CHAT = "chat"
    TRANSLATION = "translation"
    """On the translation page: source and result side by side."""


CATEGORIES = ("translation", "office", "writing", "coding", "study", "service", "thinking", "everyday")
"""Categories with a translated name and an icon, in the order of the library. A file may name others; they are shown as written."""

MAX_PRESET_LENGTH = 6_000_000
"""Maximum characters. A prompt of 5 MB is accepted (cases.md 133), although no model takes more."""
MAX_PRESET_NAME_LENGTH = 200
"""Maximum length of a preset's name in characters."""
MAX_VARIABLES = 200
"""Maximum number of variables to fill in. Further ones stay in the text as written: no form has space for more."""

SCHEMA = 1
"""Version of the preset file format. Files of a newer version are listed but not read."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A preset. `id` is its file name without the extension; built-in ones have the same id in every language."""

    id: str
    origin: PresetOrigin
    name: str
    prompt: str = ""
    """The system prompt, a template."""
    question: str = ""
    """An opening message of the user, a template; `{{input}}` is replaced with the text in the composer."""
    greeting: str = ""
    """First message of the assistant, before the user's."""
    sample: str = ""
    """An example input for trying it out."""
    icon: str = ""
    category: str = ""
    language: str = ""
    """Language of its text, as in `en` or `zh_CN`; empty if irrelevant."""
    tags: tuple[str, ...] = ()
    description: str = ""
    models: tuple[str, ...] = ()
    """Recommended models, best first; `*` matches anything."""
    parameters: Parameters = field(default_factory=Parameters)
    thinking: Thinking = Thinking.AUTO
    output: OutputKind = OutputKind.MARKDOWN
    kind: PresetKind = PresetKind.CHAT
    send_as: SendAs = SendAs.AUTO
    declared: tuple[Variable, ...] = ()
    version: str = ""
    """Version given by its author. Versions that Chatdesk stores have their own numbers."""
    replaces: str = ""
    """Id of the built-in preset that this modified copy replaces."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """Keys of its file that are unknown to this version. They are preserved when the file is written."""
    placeholder: str = ""
    """What the empty message field asks for, such as "Paste the text to translate"."""
    imported_from: str = ""
    """Identifies the entry of another program from which it was imported, so that a later import knows it; empty for none."""

    @property
    def key(self) -> str:
        """Unique identifier in the library: user presets may have the same id as built-in ones."""
        return f"{self.origin}:{self.id}"

    @property
    def said(self) -> tuple[object, ...]:
        """The content by which two presets are considered equal: everything except origin, location and version."""
        return tuple(getattr(self, each.name) for each in fields(self) if each.name not in _IDENTITY_FIELDS)

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Variables to fill in: the declared ones, then undeclared ones in the order of their first use."""
        declared = {variable.name for variable in self.declared} | SYSTEM_NAMES
        used = (name for text in (self.prompt, self.question, self.greeting) for name in names_in(text))
        others = (Variable(name) for name in dict.fromkeys(used) if name not in declared)
        return (*self.declared, *others)[:MAX_VARIABLES]


_IDENTITY_FIELDS = frozenset({"id", "origin", "version", "replaces", "extra", "imported_from"})


def renamed_variable(preset: Preset, old: str, new: str) -> Preset:
    """Return the preset with one of its variables renamed, in its texts and its declarations."""
    return replace(
        preset,
        prompt=rename(preset.prompt, old, new),
        question=rename(preset.question, old, new),
        greeting=rename(preset.greeting, old, new),
        declared=tuple(
            replace(variable, name=new) if variable.name == old else variable for variable in preset.declared
        ),
    )
