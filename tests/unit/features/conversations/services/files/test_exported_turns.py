"""Which messages a file shows, in which order, and with what."""

from datetime import UTC, datetime, timedelta

from chatdesk.features.chat.services.request.formulas import FormulaKey
from chatdesk.features.conversations.services.files.exported_chat import ExportedChat, ExportLabels, Include
from chatdesk.features.conversations.services.files.exported_turns import (
    AttachedContent,
    ContentKind,
    WrittenContent,
    content_of,
    exported_message,
    exported_turns,
    formulas_in,
)
from chatdesk.kernel.chat.message import (
    ImagePart,
    Message,
    MessageState,
    Part,
    ReasoningPart,
    Role,
    Source,
    SourcesPart,
    TextPart,
)
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.models.model import ModelRef

START = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
QUESTIONS = frozenset({Include.QUESTIONS})
TREE = QUESTIONS | {Include.VERSIONS}
LABELS = ExportLabels()


def message(id_: str, parent: str | None, *parts: Part) -> Message:
    """A question if the id begins with q, otherwise an answer; the number in the id is its place in time."""
    number = int(id_[1:])
    role, model = (Role.USER, None) if id_.startswith("q") else (Role.ASSISTANT, ModelRef("s", "qwen3:8b"))
    return Message(
        id_,
        "c",
        parent,
        number,
        role,
        parts or (TextPart(id_),),
        MessageState.COMPLETE,
        START + timedelta(minutes=number),
        model,
        Usage(10, 5, 1.0) if model else None,
    )


CHAT = [
    message("q1", None),
    message("a2", "q1"),
    message("a3", "q1"),
    message("q4", "a2"),
    message("a5", "q4"),
    message("q6", "a3"),
    message("a7", "q6"),
]
PATH = [each for each in CHAT if each.id in {"q1", "a3", "q6", "a7"}]


def test_without_other_versions_a_file_shows_the_path() -> None:
    turns = exported_turns(CHAT, PATH, QUESTIONS, LABELS)
    assert [turn.message.id for turn in turns] == ["q1", "a3", "q6", "a7"]
    assert not any(turn.version or turn.facts for turn in turns)


def test_other_versions_follow_the_shown_one_with_what_is_below_them() -> None:
    turns = exported_turns(CHAT, PATH, TREE, LABELS)
    assert [(turn.message.id, turn.version) for turn in turns] == [
        ("q1", ""),
        ("a3", "Version 2 of 2"),
        ("a2", "Version 1 of 2"),
        ("q4", "Version 1 of 2"),
        ("a5", "Version 1 of 2"),
        ("q6", ""),
        ("a7", ""),
    ]


def test_every_message_of_a_tree_comes_once_even_if_its_parent_is_missing() -> None:
    lost = [*CHAT, message("q8", "gone"), message("a9", "q8")]
    shown = [turn.message.id for turn in exported_turns(lost, PATH, TREE, LABELS)]
    assert sorted(shown) == sorted(each.id for each in lost)
    assert shown.index("q8") < shown.index("a9")


def test_messages_in_a_circle_do_not_stop_the_others() -> None:
    circle = [message("q1", "a2"), message("a2", "q1"), message("q3", None)]
    assert [turn.message.id for turn in exported_turns(circle, (), TREE, LABELS)] == ["q3"]


def test_questions_and_reasoning_can_be_left_out() -> None:
    thought = message("a3", "q1", ReasoningPart("Hm"), TextPart("So."))
    (turn,) = exported_turns((), [CHAT[0], thought], frozenset(), LABELS)
    assert turn.message.parts == (TextPart("So."),)
    (_, turn) = exported_turns((), [CHAT[0], thought], QUESTIONS | {Include.REASONING}, LABELS)
    assert turn.message.reasoning == ReasoningPart("Hm")


def test_facts_are_time_and_tokens() -> None:
    turn = exported_message(CHAT[1], LABELS, frozenset({Include.FACTS}))
    assert turn.facts == "2026-11-24 12:32+00:00 · 5 tokens"


def test_the_pieces_of_a_message_come_as_on_the_screen() -> None:
    picture, sources = ImagePart("h", "image/png", "cat.png"), SourcesPart((Source(1, "Rome"),))
    said = message("a2", None, picture, sources, ReasoningPart("Hm", 1200), TextPart("So."))
    chat = ExportedChat("", [], pictures={"h": Picture("image/png", b"x")})
    reasoning, text, attached, based = content_of(exported_message(said, LABELS), chat)
    assert isinstance(reasoning, WrittenContent)
    assert (reasoning.kind, reasoning.milliseconds) == (ContentKind.REASONING, 1200)
    assert isinstance(text, WrittenContent)
    assert text.kind is ContentKind.TEXT
    assert attached == AttachedContent(picture, Picture("image/png", b"x"))
    assert isinstance(based, WrittenContent)
    assert based.kind is ContentKind.SOURCES
    asked = message("q1", None, picture, TextPart("What?"))
    assert [type(piece) for piece in content_of(exported_message(asked, LABELS), chat)] == [
        AttachedContent,
        WrittenContent,
    ]


def test_formulas_are_found_in_paragraphs_tables_and_reasoning() -> None:
    text = "So $a$.\n\n| $b$ |\n| - |\n| $c$ |\n\n$$d$$\n\n# $e$"
    turn = exported_message(message("a2", None, ReasoningPart("Hm $r$"), TextPart(text)), LABELS)
    found = list(formulas_in([turn]))
    assert [(key.latex, key.displayed) for key in found] == [
        ("a", False),
        ("b", False),
        ("c", False),
        ("d", True),
        ("e", False),
        ("r", False),
    ]
    assert isinstance(found[0], FormulaKey)
