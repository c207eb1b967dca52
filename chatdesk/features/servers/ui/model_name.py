"""What a model is called wherever it is named: the nickname that a person gave it, or what its server calls it."""

from chatdesk.app.program import Program
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.text.safe_text import plain_line


def model_name(program: Program, ref: ModelRef) -> str:
    """Return the name as one line, also of a model that is not listed: one that is being downloaded, or was deleted."""
    return plain_line(program.preferences.name(ref, program.models.name_of(ref)))
