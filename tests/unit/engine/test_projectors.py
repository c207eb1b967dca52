"""Which file makes a model see: the one that lies beside it, fits it, and is named for it."""

from pathlib import Path

import pytest

from chatdesk.engine.model_search import fits, with_projector
from chatdesk.kernel.models.model_file import ModelFile, ModelHead, ModelKind, ModelOrigin

EYES = ModelHead(kind=ModelKind.PROJECTOR, width=2048, sees=True)
MODEL = ModelHead(width=2048)


def file(name: str, head: ModelHead = EYES, size: int = 7) -> ModelFile:
    return ModelFile(name, Path(f"/models/{name}.gguf"), ModelOrigin.OWN, size, head=head)


def chosen(model: str, *projectors: str) -> str | None:
    seeing = with_projector(file(model, MODEL), [file(name) for name in projectors])
    return seeing.projector.stem if seeing.projector else None


@pytest.mark.parametrize(
    ("model", "projector"),
    [
        ("SmolVLM-256M-Instruct-Q8_0", "mmproj-SmolVLM-256M-Instruct-f16"),
        ("SmolVLM-256M-Instruct-Q8_0", "mmproj-SmolVLM-256M-Instruct-Q8_0"),
        ("gemma-3-4b-it-Q4_K_M", "mmproj-model-f16"),
        ("Qwen2.5-VL-7B-Instruct-UD-IQ2_XXS", "mmproj-BF16"),
        ("gemma-3-4b-it-Q4_K_M", "gemma-3-4b-it.mmproj-Q8_0"),
        ("llava-v1.6-mistral-7b.Q5_K_M", "LLaVA-v1.6-Mistral-7B-mmproj-f16"),
        ("MiniCPM-V-2_6-Q4_0", "mmproj-model-f32"),
    ],
)
def test_makers_name_it_in_many_ways(model: str, projector: str) -> None:
    assert chosen(model, projector) == projector


@pytest.mark.parametrize(
    ("model", "projector"),
    [
        ("SmolVLM-256M-Instruct-Q8_0", "mmproj-SmolVLM-500M-Instruct-f16"),
        ("gemma-3-4b-it-Q4_K_M", "mmproj-gemma-3-4b-it-abliterated-f16"),
        ("Llama-3.2-1B", "mmproj-gemma-3-4b-it-f16"),
    ],
)
def test_that_of_another_model_is_not_taken(model: str, projector: str) -> None:
    assert chosen(model, projector) is None


def test_the_one_that_names_the_model_goes_before_one_for_all() -> None:
    assert chosen("gemma-3-4b-it-Q4_K_M", "mmproj-F16", "mmproj-gemma-3-4b-it-F16", "mmproj-gemma-3-F16") == (
        "mmproj-gemma-3-4b-it-F16"
    )


@pytest.mark.parametrize(
    ("model", "projector", "fit"),
    [
        (MODEL, EYES, True),
        (MODEL, ModelHead(kind=ModelKind.PROJECTOR, width=1024, sees=True), False),
        (MODEL, ModelHead(kind=ModelKind.PROJECTOR, sees=True), True),
        (ModelHead(), EYES, True),
        (MODEL, ModelHead(kind=ModelKind.PROJECTOR, width=2048), False),
        (MODEL, MODEL, False),
        (MODEL, None, False),
        (None, EYES, False),
    ],
)
def test_only_what_has_the_same_width_fits_and_what_only_hears_does_not_see(
    model: ModelHead | None, projector: ModelHead | None, *, fit: bool
) -> None:
    assert fits(model, projector) is fit


def test_its_memory_is_counted_and_what_does_not_chat_sees_nothing() -> None:
    seeing = with_projector(file("gemma", MODEL, 100), [file("mmproj-F16", EYES, 11)])
    assert (seeing.size_bytes, seeing.projector_bytes, seeing.loaded_bytes) == (100, 11, 111)
    embedder = file("bert", ModelHead(kind=ModelKind.EMBEDDING, width=2048))
    assert with_projector(embedder, [file("mmproj-F16")]) == embedder
