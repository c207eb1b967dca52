"""Which files of a repository are builds of a model, and which build suits a machine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.models.domain.hub_builds import HubBuild, builds_in, choose_build
from chatdesk.kernel.models.hubs import HubFile


def files(*paths: str, size: int = 1000) -> list[HubFile]:
    return [HubFile(path, size + number, "", f"https://hub.example/{path}") for number, path in enumerate(paths)]


def labels(*paths: str) -> list[str]:
    return [build.quantization for build in builds_in(files(*paths))]


def chosen(*paths: str, free: int = 10**9) -> str:
    build = choose_build(builds_in(files(*paths)), lambda build: build.size <= free)
    return build.quantization if build else ""


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf", "Q4_K_M"),
        ("Qwen3.5-4B-UD-Q4_K_XL.gguf", "UD-Q4_K_XL"),
        ("gemma-4-E2B_q4_0-it.gguf", "Q4_0"),
        ("gpt-oss-20b-mxfp4.gguf", "MXFP4"),
        ("model.IQ4_XS.gguf", "IQ4_XS"),
        ("BF16/DeepSeek-V4-00001-of-00001.gguf", "BF16"),
        ("SmolLM2-135M-Instruct.Q4_1.gguf", "Q4_1"),
        ("tiny.gguf", ""),
    ],
)
def test_the_quantisation_is_read_from_the_name(path: str, label: str):
    assert labels(path) == [label]


def test_a_split_model_is_one_build_of_all_its_parts_in_order():
    (build,) = builds_in(
        files("a/M-Q8_0-00002-of-00003.gguf", "a/M-Q8_0-00003-of-00003.gguf", "a/M-Q8_0-00001-of-00003.gguf")
    )
    assert [int(file.path[-19:-14]) for file in build.files] == [1, 2, 3]
    assert build.size == sum(file.size for file in build.files)


def test_a_split_model_with_a_missing_part_is_no_build():
    assert not builds_in(files("M-Q8_0-00001-of-00003.gguf", "M-Q8_0-00003-of-00003.gguf"))


def test_parts_of_two_builds_are_not_mixed():
    found = builds_in(
        files(
            "M-Q4_K_M-00001-of-00002.gguf",
            "M-Q8_0-00001-of-00002.gguf",
            "M-Q4_K_M-00002-of-00002.gguf",
            "M-Q8_0-00002-of-00002.gguf",
        )
    )
    assert [build.quantization for build in found] == ["Q4_K_M", "Q8_0"]
    assert [len(build.files) for build in found] == [2, 2]


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "M-imatrix.gguf",
        "imatrix_unsloth.gguf",
        "mtp-M-Q8_0.gguf",
        "eagle3-M.gguf",
        "config.json",
        "M.gguf.part",
        "M-lora-f16.gguf",
    ],
)
def test_what_is_no_model_is_left_out(path: str):
    assert not builds_in(files(path))


def test_a_projector_belongs_to_every_build_and_is_none_itself():
    found = builds_in(files("M-Q4_K_M.gguf", "M-Q8_0.gguf", "mmproj-F32.gguf", "mmproj-F16.gguf", "mmproj-BF16.gguf"))
    assert [build.projector and build.projector.path for build in found] == ["mmproj-F16.gguf", "mmproj-F16.gguf"]
    assert found[0].download_size == found[0].size + found[0].projector.size


def test_a_projector_in_another_folder_belongs_to_the_builds_there():
    found = {
        build.files[0].path: build.projector
        for build in builds_in(files("a/M-Q4_0.gguf", "b/N-Q4_0.gguf", "a/mmproj-M-F16.gguf"))
    }
    assert found["a/M-Q4_0.gguf"]
    assert found["b/N-Q4_0.gguf"] is None


ALL = (
    "M-Q2_K.gguf",
    "M-IQ3_XXS.gguf",
    "M-Q3_K_M.gguf",
    "M-Q4_K_M.gguf",
    "M-Q5_K_M.gguf",
    "M-Q6_K.gguf",
    "M-Q8_0.gguf",
    "M-F16.gguf",
)


def test_four_bits_are_suggested_where_everything_fits():
    assert chosen(*ALL) == "Q4_K_M"


def test_builds_that_keep_more_are_preferred_among_those_of_four_bits():
    assert chosen(*ALL, "M-UD-Q4_K_XL.gguf") == "UD-Q4_K_XL"
    assert chosen("gemma-4-12b-it-qat-q4_0.gguf", "gemma-4-12b-it-qat-Q4_K_M.gguf") == "Q4_0"
    assert chosen("gpt-oss-20b-F16.gguf", "gpt-oss-20b-mxfp4.gguf") == "MXFP4"


def test_a_small_machine_gets_fewer_bits_and_never_less_than_three():
    assert chosen(*ALL, free=1002) == "Q3_K_M"
    assert chosen(*ALL, free=1000) == "Q4_K_M"  # what fits has two bits: the usual one is shown as too large


def test_a_larger_build_is_suggested_if_there_is_no_usual_one():
    assert chosen("M-F16.gguf", "M-Q8_0.gguf") == "Q8_0"
    assert chosen("M-F16.gguf") == "F16"
    assert chosen("M.gguf") == ""
    assert chosen("M-Q2_K.gguf") == "Q2_K"
    assert chosen("README.md") == ""


def test_builds_with_few_bits_carry_a_warning():
    lossy = {build.quantization: build.is_lossy for build in builds_in(files(*ALL))}
    assert [label for label, is_lossy in lossy.items() if is_lossy] == ["Q2_K", "IQ3_XXS", "Q3_K_M"]


@given(st.lists(st.tuples(st.text(max_size=60), st.integers(0, 2**53)), max_size=30))
def test_no_listing_is_too_strange(listing: list[tuple[str, int]]):
    builds = builds_in(HubFile(f"{path}.gguf", size, "", "") for path, size in listing)
    assert sum(len(build.files) for build in builds) <= len(listing)
    suggested = choose_build(builds, lambda build: build.size % 2 == 0)
    assert (suggested is None) == (not builds)
    assert suggested is None or isinstance(suggested, HubBuild)


def test_a_repository_with_more_files_than_any_is_looked_at_in_part():
    assert len(builds_in(files(*(f"{number}-Q4_K_M.gguf" for number in range(5000))))) == 1000
