"""A preset as a value. How it is written down: `features/presets/files/preset_file.py`; what a chat keeps of one: `applied_presets.py`."""

from collections.abc import Mapping
from dataclasses import field, fields, replace
from enum import StrEnum

from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.presets.template import names_in, rename
from chatdesk.kernel.presets.variable import SYSTEM_NAMES, Variable


class PresetOrigin(StrEnum):
    """Whose it is."""

    BUILT_IN = "built-in"
    OWN = "own"


class SendAs(StrEnum):
    """How the prompt reaches the model. The words are those of preset files."""

    AUTO = "auto"
    """As the model's makers advise; DeepSeek-R1's want no system message."""
    SYSTEM = "system"
    QUESTION = "question"
    """Before the first question, in the same message."""


class OutputKind(StrEnum):
    """What the answer is meant to be."""

    MARKDOWN = "markdown"
    TEXT = "text"
    HTML = "html"
    CODE = "code"
    TABLE = "table"
    JSON = "json"


class PresetKind(StrEnum):
    """Where it is used."""

    CHAT = "chat"
    TRANSLATION = "translation"
    """In the translation desk: source and result side by side."""


CATEGORIES = ("translation", "office", "writing", "coding", "study", "service", "thinking", "everyday")
"""Those with a translated name and an icon, in the order of the library. A file may name another one; it is shown as it is written."""

LONGEST_NAME = 200
"""Characters of a preset's name."""
MOST_VARIABLES = 200
"""To fill in. What a text uses beyond it stays as it is written: no form has room for more."""

SCHEMA = 1
"""Of preset files. A file of a newer one is listed, not read."""


@dataclass(frozen=True, slots=True)
class Preset:
    """`id` is the name of its file without the ending; built-in ones have the same in every language."""

    id: str
    origin: PresetOrigin
    name: str
    prompt: str = ""
    """The system prompt, a template."""
    question: str = ""
    """An opening message of the user, a template; with `{{input}}` around what is written in the composer."""
    greeting: str = ""
    """What the assistant says before the user says anything."""
    sample: str = ""
    """An input to try it on."""
    icon: str = ""
    category: str = ""
    language: str = ""
    """Of its text, as in `en` or `zh_CN`; empty if it does not matter."""
    tags: tuple[str, ...] = ()
    description: str = ""
    models: tuple[str, ...] = ()
    """Names of models it is best with, the best first; `*` stands for anything."""
    parameters: Parameters = field(default_factory=Parameters)
    thinking: Thinking = Thinking.AUTO
    output: OutputKind = OutputKind.MARKDOWN
    kind: PresetKind = PresetKind.CHAT
    send_as: SendAs = SendAs.AUTO
    declared: tuple[Variable, ...] = ()
    version: str = ""
    """Its maker's; versions that are kept here have numbers of their own."""
    replaces: str = ""
    """The id of the built-in preset in whose place it stands: a copy that was changed."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """Keys of its file that this version does not know; they are written again."""

    @property
    def key(self) -> str:
        """What names it in the whole library: own ones may be called as built-in ones are."""
        return f"{self.origin}:{self.id}"

    @property
    def said(self) -> tuple[object, ...]:
        """What it says and how, by which two presets are the same: everything but whose it is and where it lies."""
        return tuple(getattr(self, each.name) for each in fields(self) if each.name not in _WHERE_IT_IS)

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Those to fill in: the declared ones, then those only used, in the order of their first use."""
        declared = {variable.name for variable in self.declared} | SYSTEM_NAMES
        used = (name for text in (self.prompt, self.question, self.greeting) for name in names_in(text))
        others = (Variable(name) for name in dict.fromkeys(used) if name not in declared)
        return (*self.declared, *others)[:MOST_VARIABLES]


_WHERE_IT_IS = frozenset({"id", "origin", "version", "replaces", "extra"})


def renamed_variable(preset: Preset, old: str, new: str) -> Preset:
    """Return the preset with another name for one of its variables, in its texts and where it is declared."""
    return replace(
        preset,
        prompt=rename(preset.prompt, old, new),
        question=rename(preset.question, old, new),
        greeting=rename(preset.greeting, old, new),
        declared=tuple(
            replace(variable, name=new) if variable.name == old else variable for variable in preset.declared
        ),
    )
