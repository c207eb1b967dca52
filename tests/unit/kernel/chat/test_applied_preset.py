"""A preset as a chat keeps it."""

from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.presets.variable import Variable, VariableKind

VARIABLES = (
    Variable("tone", default="plain"),
    Variable("once", remember=False),
    Variable("text", VariableKind.CLIPBOARD),
)


def test_the_next_chat_begins_with_what_is_remembered_and_never_with_an_old_text_from_elsewhere() -> None:
    said = AppliedPreset(
        "own/x", "X", variables=VARIABLES, values={"tone": "warm", "once": "now", "text": "a secret"}, opened=True
    )
    again = said.for_next_chat()
    assert again.values == {"tone": "warm", "once": "", "text": ""}
    assert not again.opened
    assert (again.key, again.variables) == (said.key, said.variables)
