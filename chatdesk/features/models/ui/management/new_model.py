"""What a new model at a server is made of, and what it may be called, as plain values."""

import re

from chatdesk.features.models.domain.model_names import NameProblem, read_model_name
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.parameters import Parameters

_NO_PART = re.compile(r"[^a-z0-9_.\-]+")
_LONGEST = 60
_TAKEN_PARAMETERS = ("temperature", "top_p", "top_k", "min_p", "repeat_penalty", "seed", "stop", "num_ctx")
"""Those that a model's own file may hold under the same name (docs/modelfile.mdx of Ollama)."""


@dataclass(frozen=True, slots=True)
class NewModel:
    """What a person wants. `system` and `parameters` only where one is made of another model."""

    name: str
    system: str = ""
    parameters: Parameters = Parameters()

    def baked_in(self) -> dict[str, object]:
        """Return the parameters as a server takes them, without those that nobody set."""
        values = {name: getattr(self.parameters, name) for name in _TAKEN_PARAMETERS}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
            if value is not None
        }


def name_problem(text: str) -> NameProblem | None:
    """Return why a text cannot be the name of a new model: it is a name, not an address or a command that holds one."""
    named = read_model_name(text)
    return named.problem or (None if named.name == text.strip() else NameProblem.ODD_SIGNS)


def proposed_name(source: str, ending: str) -> str:
    """Return a name like that of a model or a file, with an ending that tells it apart; without user, host and tag."""
    stem = source.rpartition("/")[2].partition(":")[0].lower().removesuffix(".gguf")
    plain = _NO_PART.sub("-", stem).strip("-._")[:_LONGEST] or "model"
    return f"{plain}-{ending}" if ending else plain
