"""What llama-server prints about itself is understood, and only options that it names are used."""

import pytest

from chatdesk.engine.llama_server.command_line import (
    REQUIRED,
    build_number,
    chosen_devices,
    devices_in,
    named_options,
    server_arguments,
    version_in,
)
from chatdesk.engine.messages import Configuration
from tests.fakes.llama_server import DEVICES, HELP, VERSION

CONFIGURATION = Configuration("/models/a.gguf", "a", "secret", 4096, 2, 3, 4, 600, device="Vulkan1")
SOFTWARE = "Available devices:\n  Vulkan0: llvmpipe (LLVM 19.1.7, 256 bits) (11963 MiB, 11963 MiB free)\n"


def arguments(help_text: str = HELP, **changes: object) -> list[str]:
    from dataclasses import replace  # noqa: PLC0415

    configuration = replace(CONFIGURATION, **changes)  # type: ignore[arg-type]
    return server_arguments(named_options(help_text), configuration, 4711, "/tmp/key", 33)


def value_of(name: str, within: list[str]) -> str | None:
    return within[within.index(name) + 1] if name in within else None


def test_options_are_those_at_the_start_of_a_line() -> None:
    options = named_options(HELP)
    assert options >= REQUIRED
    assert {"--gpu-layers", "--usage", "--no-webui", "--no-mmproj-auto"} <= options
    assert "--mentioned-only" not in options


def test_a_program_without_help_has_no_options() -> None:
    assert named_options("usage: something else\n --lonely\n") == frozenset()


@pytest.mark.parametrize(
    ("text", "version", "build"),
    [
        (VERSION, "11600 (abcdef01)", 11600),
        ("version: 6123 (unknown)", "6123 (unknown)", 6123),
        ("llama.cpp version: b9631-dev (0c1e570)", "b9631-dev (0c1e570)", None),
        ("no such thing", "", None),
    ],
)
def test_the_version_is_read(text: str, version: str, build: int | None) -> None:
    assert version_in(text) == version
    if build:
        assert build_number(version) == build


def test_the_number_of_a_build_is_in_its_tag() -> None:
    assert build_number("b11549") == 11549
    assert build_number("0.5.0") is None


def test_discrete_cards_come_before_integrated_ones() -> None:
    devices = devices_in(DEVICES)
    assert [device.name for device in devices] == ["Vulkan1", "Vulkan0"]
    assert [device.integrated for device in devices] == [False, True]
    assert devices[0].memory == 12288 * 1024**2
    assert chosen_devices(devices) == devices[:1]


def test_all_cards_of_the_best_backend_are_used_together() -> None:
    text = (
        "Available devices:\n  Vulkan0: NVIDIA GeForce RTX 3060 (12288 MiB, 1 MiB free)\n"
        "  CUDA0: NVIDIA GeForce RTX 3060 (12288 MiB, 1 MiB free)\n"
        "  CUDA1: NVIDIA GeForce RTX 3090 (24576 MiB, 1 MiB free)\n"
    )
    assert [device.name for device in chosen_devices(devices_in(text))] == ["CUDA0", "CUDA1"]
    assert chosen_devices(()) == ()


def test_a_card_imitated_by_the_processor_counts_only_in_tests() -> None:
    assert devices_in(SOFTWARE) == ()
    assert [device.name for device in devices_in(SOFTWARE, with_software=True)] == ["Vulkan0"]


def test_a_library_for_the_processor_is_no_card() -> None:
    assert devices_in("Available devices:\n  BLAS: Accelerate (0 MiB, 0 MiB free)\n") == ()


def test_the_names_of_devices_are_harmless() -> None:
    text = "  Vulkan0: \u202eevil\u0007 card (1 MiB, 1 MiB free)\n" + "  Vulkan1: x (1 MiB, 1 MiB free)\n" * 1000
    devices = devices_in(text)
    assert devices[0].description == "evil card"
    assert len(devices) <= 32


def test_it_listens_only_here_with_its_key_in_a_file() -> None:
    command = arguments()
    assert value_of("--host", command) == "127.0.0.1"
    assert value_of("--port", command) == "4711"
    assert value_of("--api-key-file", command) == "/tmp/key"
    assert value_of("--cors-origins", command) == ""
    assert {"--no-webui", "--offline", "--no-slots"} <= set(command)
    assert "secret" not in " ".join(command)


def test_the_whole_model_goes_to_the_card_as_far_as_it_fits() -> None:
    command = arguments()
    assert value_of("--device", command) == "Vulkan1"
    assert value_of("--fit", command) == "on"
    assert "--n-gpu-layers" not in command
    assert value_of("--n-gpu-layers", arguments(HELP.replace("-fit,  --fit", "-fit"))) == "999"
    assert value_of("--n-gpu-layers", arguments(gpu_layers=12)) == "12"


def test_half_of_the_layers_are_half_of_those_the_model_has_or_the_user_chose() -> None:
    assert value_of("--n-gpu-layers", arguments(offload="half")) == "16"
    assert value_of("--n-gpu-layers", arguments(offload="half", gpu_layers=20)) == "10"


def test_without_the_card_the_processor_reads_in_small_steps() -> None:
    command = arguments(offload="none")
    assert value_of("--device", command) == "none"
    assert value_of("--n-gpu-layers", command) == "0"
    assert value_of("--ubatch-size", command) == "256"


def test_the_memory_of_the_context_and_of_earlier_prompts_is_as_configured() -> None:
    command = arguments(prompt_cache_mib=512, has_compact_context=True)
    assert value_of("--cache-ram", command) == "512"
    assert value_of("--cache-type-k", command) == value_of("--cache-type-v", command) == "q8_0"
    assert "--cache-type-k" not in arguments()


def test_an_option_that_is_not_named_is_not_used() -> None:
    old = "\n".join(line for line in HELP.splitlines() if not any(name in line for name in ("offline", "cors", "ui")))
    command = arguments(old)
    assert not {"--offline", "--cors-origins", "--no-webui", "--no-ui"} & set(command)


def test_pictures_need_their_file() -> None:
    assert "--no-mmproj" in arguments()
    assert value_of("--mmproj", arguments(projector_path="/models/p.gguf")) == "/models/p.gguf"
