"""Builds a model request from a path of a conversation. The provider knows the wire format."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from chatdesk.features.chat.services.instruction_resolver import Instructions
from chatdesk.kernel.chat.application import Session
from chatdesk.kernel.chat.message import Message, Role
from chatdesk.kernel.chat.request import PICTURE_PLACEHOLDER, ChatRequest, Picture, Thinking, Turn

GREETING_INTRODUCTION = "You have already greeted the user with these words:\n"
"""Introduces the assistant's opening message: strict chat templates refuse a chat that starts with the assistant.

Read by the model, so not translated.
"""

UNSEEN_PICTURE = "[A picture was here that you cannot see.]"
"""Replaces a picture that is not sent, so that the model does not invent one. Read by the model, so not translated."""


def build_request(
    model_id: str,
    path: Sequence[Message],
    *,
    instructions: Instructions | None = None,
    thinking: Thinking = Thinking.AUTO,
    can_think: bool | None = None,
    pictures: Mapping[str, Picture] | None = None,
    documents: Mapping[str, Sequence[str]] | None = None,
    session: Session | None = None,
    grows: bool = False,
    unfinished: str | None = None,
) -> ChatRequest:
    """Return the request for the answer that follows `path`. Empty messages (failed answers) are skipped.

    `pictures` are those to send, by hash; `documents` are the texts of documents as they are written, by message id.
    `unfinished` is the text of the answer at the end of `path` if that is to be continued.
    """
    turns = [
        turn
        for message in path
        if (turn := _turn(message, pictures or {}, (documents or {}).get(message.id, ()))).text or turn.pictures
    ]
    turns = _with_pictures_moved(turns, last_keeps=unfinished is not None)
    request = instructed_request(model_id, turns, instructions or Instructions(), thinking, can_think)
    request = replace(request, session=session or request.session, grows=grows)
    return request if unfinished is None else _continued(request, unfinished)


def _continued(request: ChatRequest, unfinished: str) -> ChatRequest:
    """Return a request that ends with the exact text of an unfinished answer, or without it if it has neither text nor pictures."""
    turns = list(request.turns)
    if turns and turns[-1].role is Role.ASSISTANT:
        last = replace(turns.pop(), text=unfinished)
        turns += [last] if last.text or last.pictures else []
    return replace(request, turns=tuple(turns), continues_answer=bool(turns))


def instructed_request(
    model_id: str,
    turns: Sequence[Turn],
    instructions: Instructions,
    thinking: Thinking = Thinking.AUTO,
    can_think: bool | None = None,
) -> ChatRequest:
    """Return the request for these turns, with the instructions in the system message or the first question."""
    first = next((number for number, turn in enumerate(turns) if turn.role is Role.USER), 0)
    greetings = [turn.text for turn in turns[:first] if turn.text]
    text = "\n\n".join(
        filter(None, (instructions.text.strip(), *(GREETING_INTRODUCTION + greeting for greeting in greetings)))
    )
    result = list(turns[first:])
    if text and instructions.in_question and result:
        result[0] = replace(result[0], text=f"{text}\n\n{result[0].text}".rstrip())
    elif text:
        result.insert(0, Turn(Role.SYSTEM, text))
    return ChatRequest(model_id, tuple(_merged(result)), thinking, instructions.parameters, can_think)


def _turn(message: Message, pictures: Mapping[str, Picture], documents: Sequence[str]) -> Turn:
    reasoning = message.reasoning
    pictures_of_message = message.sent_pictures
    seen = tuple(pictures[part.sha256] for part in pictures_of_message if part.sha256 in pictures)
    unseen = [UNSEEN_PICTURE] * (len(pictures_of_message) - len(seen))
    if message.role is Role.ASSISTANT:
        text = "\n\n".join(filter(None, (message.text, *unseen)))
    else:
        text = "\n\n".join(filter(None, (*documents, *unseen, message.text)))
    return Turn(message.role, text, reasoning.text if reasoning else "", seen)


def _with_pictures_moved(turns: Sequence[Turn], *, last_keeps: bool) -> list[Turn]:
    """Return the turns with the pictures of each answer moved to the question that follows it.

    The last answer is followed by none: it keeps its pictures if `last_keeps`, for a request to continue it, and
    loses them otherwise.
    """
    moved: list[Turn] = []
    pending: tuple[Picture, ...] = ()
    for number, turn in enumerate(turns, 1):
        if turn.role is Role.USER:
            moved.append(replace(turn, pictures=(*pending, *turn.pictures)))
            pending = ()
        elif turn.role is not Role.ASSISTANT or not turn.pictures:
            moved.append(turn)
        elif number < len(turns):
            pending += turn.pictures
            text = "\n\n".join(filter(None, (turn.text, *[PICTURE_PLACEHOLDER] * len(turn.pictures))))
            moved.append(replace(turn, text=text, pictures=()))
        else:
            moved.append(turn if last_keeps else replace(turn, pictures=()))
    return [turn for turn in moved if turn.text or turn.pictures]


def _merged(turns: Sequence[Turn]) -> list[Turn]:
    """Merge consecutive turns of the same role: strict chat templates refuse two in a row (protocols: parameter safety)."""
    joined: list[Turn] = []
    for turn in turns:
        if joined and joined[-1].role is turn.role and turn.role is not Role.TOOL:
            last = joined.pop()
            text = "\n\n".join(filter(None, (last.text, turn.text)))
            joined.append(Turn(turn.role, text, last.reasoning or turn.reasoning, last.pictures + turn.pictures))
        else:
            joined.append(turn)
    return joined
