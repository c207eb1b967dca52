"""Where long texts are cut."""

from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.chat.ui.transcript.blocks.text.text_segments import MAX_RUN_LENGTH, segments

LONG = st.lists(st.sampled_from(["word ", "x" * 900, "\n", "长文本", "🙂", "\t", "a" * 5_000]), max_size=40).map(
    "".join
)


@given(LONG)
def test_the_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(segments(text)) == text


@given(LONG)
def test_every_piece_but_the_last_ends_a_line_or_an_endless_run(text: str) -> None:
    *first, _ = segments(text)
    for piece in first:
        assert piece.endswith("\n") or (
            not any(map(str.isspace, piece[-MAX_RUN_LENGTH:])) and len(piece) >= MAX_RUN_LENGTH
        )


@given(st.text(max_size=MAX_RUN_LENGTH))
def test_a_short_text_is_one_piece(text: str) -> None:
    assert list(segments(text)) == [text]


def test_chinese_without_spaces_is_not_cut() -> None:
    assert len(list(segments("中文可以在任何两个字之间换行" * 1_000))) == 1
