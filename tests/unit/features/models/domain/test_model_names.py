"""What people type and paste to get a model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.models.domain.model_names import NameProblem, nearest_names, read_model_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("qwen3", "qwen3"),
        ("  deepseek-r1:7b \n", "deepseek-r1:7b"),
        ("someone/model:tag", "someone/model:tag"),
        ("registry.example:5000/team/model:1", "registry.example:5000/team/model:1"),
        ("ollama run deepseek-r1:7b", "deepseek-r1:7b"),
        ("$ ollama run --verbose deepseek-r1:7b", "deepseek-r1:7b"),
        ('ollama pull "deepseek-r1:14b"', "deepseek-r1:14b"),
        (
            "ollama run hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M",
            "hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M",
        ),
        ("hf.co/unsloth/DeepSeek-R1-GGUF", "hf.co/unsloth/DeepSeek-R1-GGUF"),
        ("https://huggingface.co/unsloth/DeepSeek-R1-GGUF", "hf.co/unsloth/DeepSeek-R1-GGUF"),
        ("https://huggingface.co/unsloth/DeepSeek-R1-GGUF/tree/main", "hf.co/unsloth/DeepSeek-R1-GGUF"),
        (
            "https://huggingface.co/a/b-GGUF/blob/main/b-Q5_K_M.gguf?download=true",
            "hf.co/a/b-GGUF:Q5_K_M",
        ),
        ("https://huggingface.co/a/b-GGUF/resolve/main/b.iq4_xs.gguf", "hf.co/a/b-GGUF:IQ4_XS"),
        ("https://huggingface.co/a/b/blob/main/UD-Q2_K_XL/b-UD-Q2_K_XL-00001-of-00005.gguf", "hf.co/a/b:UD-Q2_K_XL"),
        ("https://ollama.com/library/deepseek-r1:14b", "deepseek-r1:14b"),
        ("https://ollama.com/library/deepseek-r1/tags", "deepseek-r1"),
        ("ollama.com/library/qwen3", "qwen3"),
        ("https://ollama.com/someone/model:8b", "someone/model:8b"),
    ],
)
def test_a_name_is_found_in_what_was_pasted(text: str, name: str) -> None:
    assert read_model_name(text).name == name


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", NameProblem.EMPTY),
        (" \n\t", NameProblem.EMPTY),
        ("x" * 10_240, NameProblem.TOO_LONG),
        ("x" * 81, NameProblem.TOO_LONG),
        ("deep seek r1", NameProblem.ODD_SIGNS),
        ("<b>qwen3</b>", NameProblem.ODD_SIGNS),
        ("<img/src=x>", NameProblem.ODD_SIGNS),
        ("深度求索", NameProblem.ODD_SIGNS),
        ("مدل:7b", NameProblem.ODD_SIGNS),
        ("qwen3\u202e:b41", NameProblem.ODD_SIGNS),
        ("..//bad", NameProblem.ODD_SIGNS),
        ("a//b", NameProblem.ODD_SIGNS),
        ("/etc/passwd", NameProblem.ODD_SIGNS),
        ("qwen3:", NameProblem.ODD_SIGNS),
        (":7b", NameProblem.ODD_SIGNS),
        ("//[x", NameProblem.ODD_SIGNS),
        ("ollama", NameProblem.NO_MODEL),
        ("ollama list", NameProblem.NO_MODEL),
        ("ollama run --verbose", NameProblem.NO_MODEL),
        ("https://ollama.com/", NameProblem.NO_MODEL),
        ("https://huggingface.co/models", NameProblem.NO_MODEL),
        ("https://huggingface.co/datasets/a/b", NameProblem.NO_MODEL),
        ("https://example.com/model.gguf", NameProblem.ELSEWHERE),
        ("file:///home/a/model.gguf", NameProblem.ELSEWHERE),
    ],
)
def test_what_is_no_name_is_distinguished(text: str, problem: NameProblem) -> None:
    named = read_model_name(text)
    assert (named.name, named.problem) == ("", problem)


@given(st.text(max_size=60) | st.from_regex(r"(https?://)?(hf\.co|ollama\.com)?/?[a-z:/.\[\]@%]{0,30}", fullmatch=True))
def test_a_name_that_is_found_is_found_again_in_itself(text: str) -> None:
    named = read_model_name(text)
    assert bool(named.name) != bool(named.problem)
    if named.name:
        assert named.name.isascii()
        assert read_model_name(named.name) == named


def test_names_like_it_are_found() -> None:
    known = ("deepseek-r1:7b", "deepseek-r1:70b", "deepseek-v3.1:671b", "qwen3", "gemma3")
    assert nearest_names("deepsek-r1:7b", known)[0] == "deepseek-r1:7b"
    assert nearest_names("Qwen-3:latest", known) == ("qwen3",)
    assert nearest_names("zzzz", known) == ()
