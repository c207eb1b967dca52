"""Which architectures the built-in engine knows."""

from pathlib import Path

import pytest

from chatdesk.engine.architectures import names_architecture, supports_architecture


@pytest.mark.parametrize("name", ["llama", "qwen3", "qwen3moe", "deepseek2", "gpt-oss", "gemma3"])
def test_the_engine_knows_the_architectures_of_usual_models(name: str):
    assert supports_architecture(name)


@pytest.mark.parametrize("name", ["unicorn-9000", "", "LLAMA", "x" * 100, "a b", "llama\0"])
def test_other_architectures_are_unknown(name: str):
    assert supports_architecture(name) is False


def test_a_name_is_found_as_a_whole_string_and_at_the_end_of_a_longer_one(tmp_path: Path):
    library = tmp_path / "engine.so"
    library.write_bytes(b"\x7fELF\0qwen3moe\0not-gemma4\0")
    assert names_architecture((library,), "qwen3moe")
    assert names_architecture((library,), "gemma4")
    assert not names_architecture((library,), "qwen3")


@pytest.mark.parametrize("offset", [0, 2**20 - 9, 2**20 - 8, 2**20 - 4, 2**20 - 1, 2**20, 3 * 2**20 - 5])
def test_a_name_is_found_wherever_it_stands(tmp_path: Path, offset: int):
    library = tmp_path / "engine.so"
    library.write_bytes(b"\1" * offset + b"qwen3moe\0" + b"\1" * 100)
    assert names_architecture((library,), "qwen3moe")
    assert not names_architecture((library,), "qwen3mo")
