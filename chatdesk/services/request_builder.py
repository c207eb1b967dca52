"""From the path of a conversation to what a model is asked. The wire format is the provider's business."""

from collections.abc import Sequence

from chatdesk.domain.message import Message, Role
from chatdesk.domain.request import ChatRequest, Thinking, Turn

CONTINUE_PROMPT = "Continue exactly where your last message stopped. Do not repeat anything and do not comment on it."
"""Asked of servers that cannot go on from an unfinished turn. For the model, so it is not translated."""


def build_request(
    model_id: str,
    path: Sequence[Message],
    *,
    system_prompt: str = "",
    thinking: Thinking = Thinking.AUTO,
    can_think: bool | None = None,
    ask_to_continue: bool = False,
) -> ChatRequest:
    """Return the request for the answer that comes after `path`. Messages without words (a failed answer) are left out."""
    turns = [Turn(Role.SYSTEM, system_prompt)] if system_prompt.strip() else []
    turns += (turn for message in path if (turn := _turn(message)).text)
    if ask_to_continue:
        turns.append(Turn(Role.USER, CONTINUE_PROMPT))
    return ChatRequest(model_id, tuple(_joined(turns)), thinking, can_think=can_think)


def _turn(message: Message) -> Turn:
    reasoning = message.reasoning
    return Turn(message.role, message.text, reasoning.text if reasoning else "")


def _joined(turns: Sequence[Turn]) -> list[Turn]:
    """Join neighbours of the same role: strict chat templates refuse two in a row (protocols: parameter safety)."""
    joined: list[Turn] = []
    for turn in turns:
        if joined and joined[-1].role is turn.role and turn.role is not Role.TOOL:
            last = joined.pop()
            joined.append(Turn(turn.role, f"{last.text}\n\n{turn.text}", last.reasoning or turn.reasoning))
        else:
            joined.append(turn)
    return joined
