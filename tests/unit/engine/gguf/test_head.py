"""The heads of GGUF files: what they say is understood, and no file, however it was made, costs more than its bounds."""

import struct
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.engine.gguf.heads import HeadStore, head_of, read_head
from chatdesk.engine.gguf.metadata import GgufInvalid, Metadata
from chatdesk.kernel.models.model_file import FileProblem, ModelHead, ModelKind
from tests.fakes.gguf_files import CHAT, PROJECTOR, STRING, gguf, text, write_gguf


def problem_of(path: Path) -> FileProblem:
    with pytest.raises(GgufInvalid) as raised:
        read_head(path)
    return raised.value.problem


def written(folder: Path, content: bytes) -> Path:
    path = folder / "model.gguf"
    path.write_bytes(content)
    return path


def test_what_a_chat_model_says_of_itself(tmp_path: Path) -> None:
    assert read_head(write_gguf(tmp_path / "a.gguf")) == ModelHead(
        name="Tiny",
        architecture="llama",
        kind=ModelKind.CHAT,
        parameters="15M",
        quantization="Q4_K_M",
        trained_context=32_768,
        cache_bytes_per_token=4 * 2 * (32 + 32) * 2,
        has_chat_template=True,
        thinks=False,
        width=256,
    )


@pytest.mark.parametrize(
    ("changes", "sees"),
    [
        ({}, True),
        ({"clip__has_vision_encoder": None}, True),  # older ones do not say
        ({"clip__has_audio_encoder": True}, True),
        ({"clip__has_vision_encoder": None, "clip__has_audio_encoder": True}, False),
    ],
)
def test_a_projector_tells_how_wide_it_is_and_whether_it_sees(tmp_path: Path, changes: dict, *, sees: bool) -> None:
    head = read_head(write_gguf(tmp_path / "a.gguf", PROJECTOR, **changes))
    assert (head.kind, head.width, head.sees) == (ModelKind.PROJECTOR, 256, sees)


def test_a_head_that_an_earlier_version_kept_is_read_again(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "a.gguf")
    first = HeadStore({})
    first.read(path)
    entries = first.entries()
    assert HeadStore(entries).read(path) == read_head(path)
    del entries[str(path)]["head"]["width"]
    assert HeadStore(entries).read(path).width == 256


def test_a_template_that_thinks_and_one_that_is_missing(tmp_path: Path) -> None:
    thinking = write_gguf(tmp_path / "a.gguf", tokenizer__chat_template="{{ '<think>\\n' }}")
    assert read_head(thinking).thinks
    assert not read_head(write_gguf(tmp_path / "b.gguf", tokenizer__chat_template=None)).has_chat_template


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"general__type": "mmproj"}, ModelKind.PROJECTOR),
        ({"general__type": None, "general__architecture": "clip"}, ModelKind.PROJECTOR),
        ({"general__type": "adapter"}, ModelKind.OTHER),
        ({"general__type": "imatrix"}, ModelKind.OTHER),
        ({"llama__pooling_type": 1}, ModelKind.EMBEDDING),
        ({"general__architecture": "nomic-bert"}, ModelKind.EMBEDDING),
        ({"llama__block_count": None}, ModelKind.OTHER),
        ({"general__type": None}, ModelKind.CHAT),
    ],
)
def test_only_models_that_chat_count_as_such(tmp_path: Path, changes: dict, kind: ModelKind) -> None:
    assert read_head(write_gguf(tmp_path / "a.gguf", **changes)).kind is kind


def test_sizes_that_no_maker_wrote_down_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.gguf"
    head = {key: each for key, each in CHAT.items() if key not in {"general.size_label", "general.file_type"}}
    path.write_bytes(gguf(head, tensors=((4096, 4096, 400), (128,))))
    assert read_head(path).parameters == "6.7B"
    assert read_head(path).quantization == "Q4_K"


def test_key_value_heads_may_differ_from_layer_to_layer(tmp_path: Path) -> None:
    head = read_head(write_gguf(tmp_path / "a.gguf", llama__attention__head_count_kv=[2, 0, 2, 0]))
    assert head.cache_bytes_per_token == 4 * (32 + 32) * 2


def test_deepseeks_latent_attention_needs_one_short_row(tmp_path: Path) -> None:
    changes = {"kv_lora_rank": 512, "key_length_mla": 192}
    path = write_gguf(
        tmp_path / "a.gguf",
        **{f"llama__attention__{key}": each for key, each in changes.items()},
        llama__rope__dimension_count=64,
    )
    assert read_head(path).cache_bytes_per_token == 4 * (512 + 64) * 2


def test_files_that_are_something_else_are_distinguished(tmp_path: Path) -> None:
    assert problem_of(tmp_path / "none.gguf") is FileProblem.MISSING
    assert problem_of(tmp_path) is FileProblem.UNREADABLE
    assert problem_of(written(tmp_path, b"")) is FileProblem.NOT_GGUF
    assert problem_of(written(tmp_path, b"PK\x03\x04 and more")) is FileProblem.NOT_GGUF
    assert problem_of(written(tmp_path, gguf(version=1))) is FileProblem.OLD_VERSION
    assert problem_of(written(tmp_path, gguf(version=3 << 24))) is FileProblem.OLD_VERSION
    assert problem_of(written(tmp_path, gguf()[:-65])) is FileProblem.CUT


BEGIN = b"GGUF" + struct.pack("<I", 3)
HUGE = 2**64 - 1


@pytest.mark.parametrize(
    "content",
    [
        BEGIN + struct.pack("<QQ", 0, HUGE),
        BEGIN + struct.pack("<QQ", HUGE, 0),
        BEGIN + struct.pack("<QQQ", 0, 1, HUGE),
        BEGIN + struct.pack("<QQ", 0, 1) + text("a") + struct.pack("<I", 99),
        BEGIN + struct.pack("<QQ", 0, 1) + text("a") + struct.pack("<IQ", STRING, HUGE),
        BEGIN + struct.pack("<QQ", 0, 1) + text("a") + struct.pack("<IIQ", 9, STRING, HUGE),
        BEGIN + struct.pack("<QQ", 0, 1) + text("a") + struct.pack("<IIQ", 9, STRING, 5_000_000),
        BEGIN + struct.pack("<QQ", 0, 1) + text("a") + struct.pack("<IIQ", 9, 4, 7_000_000),
        BEGIN + struct.pack("<QQ", 0, 1) + text("a") + struct.pack("<IIQ", 9, 9, 1),
        BEGIN + struct.pack("<QQ", 1, 0) + text("t") + struct.pack("<I", 2**31),
    ],
)
def test_counts_no_file_can_hold_are_refused_at_once(tmp_path: Path, content: bytes) -> None:
    path, begun = written(tmp_path, content + bytes(64)), time.thread_time()
    assert problem_of(path) in {FileProblem.DAMAGED, FileProblem.CUT}
    assert time.thread_time() - begun < 0.5


def test_a_length_that_cannot_be_is_damage_and_one_that_could_is_a_cut(tmp_path: Path) -> None:
    string = BEGIN + struct.pack("<QQ", 0, 1) + text("a") + struct.pack("<I", STRING)
    assert problem_of(written(tmp_path, string + struct.pack("<Q", 2**40))) is FileProblem.DAMAGED
    assert problem_of(written(tmp_path, string + struct.pack("<Q", 2_000_000))) is FileProblem.CUT
    assert problem_of(written(tmp_path, string + struct.pack("<Q", 200))) is FileProblem.CUT


def test_a_head_of_nothing_but_empty_words_ends(tmp_path: Path) -> None:
    shown_text = 400_000
    content = (
        BEGIN
        + struct.pack("<QQ", 0, 1)
        + text("a")
        + struct.pack("<IIQ", 9, STRING, shown_text)
        + bytes(8 * shown_text)
    )
    assert read_head(written(tmp_path, content)).kind is ModelKind.OTHER


WHOLE = gguf()


@settings(max_examples=80)
@given(st.integers(0, len(WHOLE) - 1))
def test_a_head_that_is_cut_anywhere_is_refused(tmp_path_factory: pytest.TempPathFactory, length: int) -> None:
    path = written(tmp_path_factory.getbasetemp(), WHOLE[:length])
    if length <= len(WHOLE) - 64:  # so far, the last tensor has not begun
        assert problem_of(path) in {FileProblem.CUT, FileProblem.NOT_GGUF}
    else:
        read_head(path)


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_head_that_was_changed_anywhere_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    content = bytearray(WHOLE)
    for place, byte in changes:
        content[place] = byte
    begun = time.thread_time()
    try:
        head = read_head(written(tmp_path_factory.getbasetemp(), bytes(content)))
    except GgufInvalid:
        pass
    else:
        assert head.cache_bytes_per_token is None or head.cache_bytes_per_token >= 0
    assert time.thread_time() - begun < 2


NUMBERS = st.one_of(st.integers(-(2**63), 2**64), st.floats(), st.booleans(), st.text(max_size=5))


@settings(max_examples=80)
@given(st.dictionaries(st.sampled_from(sorted(CHAT)), NUMBERS))
def test_values_of_any_kind_in_any_place_do_no_harm(values: dict) -> None:
    head_of(Metadata(values={**CHAT, **values}, parameters=5))
