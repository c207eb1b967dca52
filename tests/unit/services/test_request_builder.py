"""From a path of messages to a request."""

from datetime import UTC, datetime

from chatdesk.domain.message import Message, MessageState, ReasoningPart, Role, TextPart
from chatdesk.domain.request import Turn
from chatdesk.services.request_builder import CONTINUE_PROMPT, build_request


def said(role: Role, text: str, reasoning: str = "") -> Message:
    parts = (*((ReasoningPart(reasoning),) if reasoning else ()), *((TextPart(text),) if text else ()))
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Message("m", "c", None, 1, role, parts, MessageState.COMPLETE, now)


def test_the_system_prompt_comes_first_and_an_empty_one_not_at_all() -> None:
    path = [said(Role.USER, "hello")]
    assert build_request("m", path, system_prompt="Be brief.").turns[0] == Turn(Role.SYSTEM, "Be brief.")
    assert build_request("m", path, system_prompt=" \n").turns == (Turn(Role.USER, "hello"),)


def test_messages_without_words_are_left_out_and_neighbours_of_one_role_joined() -> None:
    path = [said(Role.USER, "one"), said(Role.ASSISTANT, "", "only thought"), said(Role.USER, "two")]
    assert build_request("m", path).turns == (Turn(Role.USER, "one\n\ntwo"),)


def test_to_continue_is_asked_in_words_only_where_the_server_needs_them() -> None:
    path = [said(Role.USER, "one"), said(Role.ASSISTANT, "half")]
    assert build_request("m", path).turns[-1] == Turn(Role.ASSISTANT, "half")
    assert build_request("m", path, ask_to_continue=True).turns[-1] == Turn(Role.USER, CONTINUE_PROMPT)
