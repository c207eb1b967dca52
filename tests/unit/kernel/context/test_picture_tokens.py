"""What a picture takes of a context."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.chat.message import ImagePart
from chatdesk.kernel.context.token_estimate import NO_PICTURES, USUAL_PICTURES, PictureTokens

OPENAI = PictureTokens(85, 170, 512, longest=2048, shortest=768)
PATCHES = PictureTokens(each=1, square=32, most=1536)


def picture(width: int, height: int) -> ImagePart:
    return ImagePart("a" * 64, "image/png", "x.png", width, height)


@pytest.mark.parametrize(
    ("how", "size", "tokens"),
    [
        (OPENAI, (1024, 1024), 765),
        (OPENAI, (2048, 4096), 1105),
        (OPENAI, (128, 64), 255),
        (PATCHES, (1024, 1024), 1024),
        (PictureTokens(each=258, square=768), (384, 384), 258),
        (PictureTokens(each=258, square=768), (1980, 1380), 1548),
        (PictureTokens(256), (4000, 30), 256),
        (PictureTokens(2, square=28), (560, 560), 402),
        (PictureTokens(2, square=28, most=1280), (2048, 2048), 1282),
        (PictureTokens(square=27.4, longest=1568, most=1600), (1000, 1000), 1369),
    ],
)
def test_it_is_what_the_makers_give_as_examples(how: PictureTokens, size: tuple[int, int], tokens: int) -> None:
    assert how.of(picture(*size)) == pytest.approx(tokens, rel=0.02)


def test_a_picture_is_never_sent_larger_than_we_send_it() -> None:
    assert PATCHES.of(picture(8000, 8000)) == PATCHES.of(picture(2048, 2048))


def test_one_of_unknown_size_is_taken_for_an_ordinary_one() -> None:
    assert OPENAI.of(picture(0, 0)) == 765


def test_a_model_that_cannot_see_is_sent_none() -> None:
    assert NO_PICTURES.of(picture(1024, 1024)) == 0


@given(
    st.integers(1, 50_000),
    st.integers(1, 50_000),
    st.sampled_from([OPENAI, PATCHES, USUAL_PICTURES, PictureTokens(576, 576, 336, longest=672, most=4)]),
)
def test_whatever_its_size_it_takes_something_and_no_more_than_the_model_looks_at(
    width: int, height: int, how: PictureTokens
) -> None:
    tokens = how.of(picture(width, height))
    assert tokens == how.of(picture(height, width))
    assert max(1, how.least) <= tokens
    if how.most:
        assert tokens <= round(how.base + how.each * how.most)


@given(st.integers(1, 2048), st.integers(1, 2048), st.floats(1, 3))
def test_a_larger_one_takes_no_less(width: int, height: int, factor: float) -> None:
    larger = picture(round(width * factor), round(height * factor))
    assert OPENAI.of(larger) >= OPENAI.of(picture(width, height))
