"""Models on this computer are found wherever programs keep them, and no folder, however odd, holds the search up."""

import json
import os
import time
from pathlib import Path

import pytest

from chatdesk.engine.gguf.heads import HeadStore
from chatdesk.engine.model_folders import ModelFolder, usual_folders
from chatdesk.engine.model_search import ModelSearch
from chatdesk.kernel.models.model_file import FileProblem, FoundModels, ModelKind, ModelOrigin
from tests.fakes.gguf_files import PROJECTOR, gguf, write_gguf

HEX = "ab" * 32


def search(*own: Path, folders: tuple[ModelFolder, ...] = (), heads: HeadStore | None = None) -> FoundModels:
    return ModelSearch(heads or HeadStore({})).run(own, folders)


def names(found: FoundModels) -> list[str]:
    return [file.id for file in found.files]


def pull(
    folder: Path, name: str, digest: str, layer: str = "application/vnd.ollama.image.model", eyes: str = ""
) -> None:
    """Put a model into a folder as Ollama does; `eyes` is the digest of what makes it see."""
    manifest = folder / "manifests" / name
    manifest.parent.mkdir(parents=True, exist_ok=True)
    layers = [{"mediaType": layer, "digest": f"sha256:{digest}", "size": 1}]
    if eyes:
        layers.append({"mediaType": "application/vnd.ollama.image.projector", "digest": f"sha256:{eyes}"})
        write_gguf(folder / "blobs" / f"sha256-{eyes}", PROJECTOR)
    manifest.write_text(json.dumps({"layers": layers}))
    write_gguf(folder / "blobs" / f"sha256-{digest}")


def seeing(found: FoundModels) -> dict[str, str]:
    return {file.id: file.projector.name for file in found.files if file.projector}


def test_a_model_sees_by_the_file_that_lies_beside_it(tmp_path: Path) -> None:
    write_gguf(tmp_path / "one/gemma-Q4_0.gguf")
    write_gguf(tmp_path / "one/mmproj-gemma-f16.gguf", PROJECTOR)
    write_gguf(tmp_path / "two/other.gguf")
    write_gguf(tmp_path / "two/mmproj-wide.gguf", PROJECTOR, clip__vision__projection_dim=4096)
    found = search(tmp_path)
    assert seeing(found) == {"gemma-Q4_0": "mmproj-gemma-f16.gguf"}
    assert found.find("gemma-Q4_0").projector_bytes == (tmp_path / "one/mmproj-gemma-f16.gguf").stat().st_size


def test_a_file_that_was_named_alone_sees_by_one_beside_it_that_is_not_listed(tmp_path: Path) -> None:
    model = write_gguf(tmp_path / "gemma.gguf")
    write_gguf(tmp_path / "mmproj-F16.gguf", PROJECTOR)
    (tmp_path / "mmproj-cut.gguf").write_bytes(gguf(PROJECTOR)[:100])
    (tmp_path / "mmproj.txt").write_text("no model")
    found = search(model)
    assert names(found) == ["gemma"]
    assert seeing(found) == {"gemma": "mmproj-F16.gguf"}


def test_with_ollama_the_manifest_says_what_makes_a_model_see(tmp_path: Path) -> None:
    library = "registry.ollama.ai/library"
    pull(tmp_path, f"{library}/llava/7b", HEX, eyes="12" * 32)
    pull(tmp_path, f"{library}/blind/7b", "cd" * 32)
    pull(tmp_path, f"{library}/half/7b", "ef" * 32, eyes="34" * 32)
    (tmp_path / f"blobs/sha256-{'34' * 32}").unlink()
    assert seeing(search(folders=(ModelFolder(tmp_path, ModelOrigin.OLLAMA),))) == {"llava:7b": f"sha256-{'12' * 32}"}


def test_the_files_of_a_folder_are_found_by_name_at_any_depth(tmp_path: Path) -> None:
    write_gguf(tmp_path / "b.gguf")
    write_gguf(tmp_path / "publisher/repository/A.GGUF")
    (tmp_path / "readme.txt").write_text("no model")
    found = search(tmp_path)
    assert names(found) == ["A", "b"]
    assert all(file.can_be_loaded and file.origin is ModelOrigin.OWN for file in found.files)
    assert found.locations[0].models == 2
    assert found.is_whole


def test_a_single_file_is_looked_at_whatever_its_name(tmp_path: Path) -> None:
    found = search(write_gguf(tmp_path / "model.bin"), tmp_path / "gone.gguf")
    assert names(found) == ["model"]
    assert found.locations[1].problem is FileProblem.MISSING


def test_models_of_one_name_are_distinguished_by_their_folder(tmp_path: Path) -> None:
    for folder in ("one/q4", "two/q4", "three/q8"):
        write_gguf(tmp_path / folder / "model.gguf")
    assert sorted(names(search(tmp_path))) == ["model", "model (q4)", "model (q8)"]


def test_the_parts_of_a_model_are_one(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        write_gguf(tmp_path / f"big-0000{number}-of-00003.gguf")
    write_gguf(tmp_path / "half-00002-of-00002.gguf")
    big, half = search(tmp_path).files
    assert (big.id, big.path.name, big.parts) == ("big", "big-00001-of-00003.gguf", 3)
    assert big.size_bytes == 3 * (tmp_path / "big-00001-of-00003.gguf").stat().st_size
    assert half.problem is FileProblem.PARTS_MISSING
    assert search(tmp_path / "big-00002-of-00003.gguf").files[0].path.name == "big-00001-of-00003.gguf"


def test_what_is_no_chat_model_is_reported_and_not_offered(tmp_path: Path) -> None:
    write_gguf(tmp_path / "a-mmproj.gguf", general__type="mmproj")
    (tmp_path / "b-page.gguf").write_bytes(b"<html>not found</html>")
    (tmp_path / "c-cut.gguf").write_bytes(gguf()[:300])
    projector, page, cut = search(tmp_path).files
    assert projector.head is not None
    assert projector.head.kind is ModelKind.PROJECTOR
    assert (page.problem, cut.problem) == (FileProblem.NOT_GGUF, FileProblem.CUT)
    assert not any(file.can_be_loaded for file in (projector, page, cut))


def test_ollamas_models_have_ollamas_names(tmp_path: Path) -> None:
    pull(tmp_path, "registry.ollama.ai/library/deepseek-r1/latest", HEX)
    pull(tmp_path, "registry.ollama.ai/library/deepseek-r1/7b", HEX)
    pull(tmp_path, "registry.ollama.ai/someone/tiny/1b", "cd" * 32)
    pull(tmp_path, "hf.co/unsloth/Qwen3-GGUF/Q4_K_M", "ef" * 32)
    found = search(folders=(ModelFolder(tmp_path, ModelOrigin.OLLAMA),))
    assert names(found) == ["deepseek-r1:7b", "hf.co/unsloth/Qwen3-GGUF:Q4_K_M", "someone/tiny:1b"]


def test_manifests_that_name_no_file_of_the_store_are_passed_over(tmp_path: Path) -> None:
    library = "registry.ollama.ai/library"
    pull(tmp_path, f"{library}/cloud/671b", HEX, layer="application/vnd.ollama.image.params")
    pull(tmp_path, f"{library}/away/1b", HEX)
    (tmp_path / f"blobs/sha256-{HEX}").unlink()
    for name, text in (("broken", "{"), ("list", "[1]"), ("odd", '{"layers": [3, {"mediaType": 4}]}')):
        (tmp_path / f"manifests/{library}/{name}").mkdir()
        (tmp_path / f"manifests/{library}/{name}/1b").write_text(text)
    outside = tmp_path / f"manifests/{library}/outside/1b"
    outside.parent.mkdir()
    layer = {"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:../../../etc/passwd"}
    outside.write_text(json.dumps({"layers": [layer]}))
    assert names(search(folders=(ModelFolder(tmp_path, ModelOrigin.OLLAMA),))) == []


def test_a_file_that_is_reached_twice_is_listed_once(tmp_path: Path) -> None:
    blob = write_gguf(tmp_path / "hub/models--a/blobs/0123")
    for snapshot in ("one", "two"):
        link = tmp_path / "hub/models--a/snapshots" / snapshot / "a.gguf"
        link.parent.mkdir(parents=True)
        link.symlink_to(blob)
    assert names(search(folders=(ModelFolder(tmp_path / "hub", ModelOrigin.HUGGING_FACE),))) == ["a"]


def test_folders_that_contain_themselves_end(tmp_path: Path) -> None:
    write_gguf(tmp_path / "in/model.gguf")
    (tmp_path / "in/again").symlink_to(tmp_path)
    (tmp_path / "self.gguf").symlink_to(tmp_path / "self.gguf")
    assert names(search(tmp_path)) == ["model"]


def test_what_may_not_be_read_holds_nothing_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_gguf(tmp_path / "closed/a.gguf")
    write_gguf(tmp_path / "open/b.gguf")
    scandir = os.scandir

    def refusing(folder: Path) -> object:
        if Path(folder).name == "closed":
            raise PermissionError(folder)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    assert names(search(tmp_path)) == ["b"]


def test_ten_thousand_files_are_looked_through_quickly(tmp_path: Path) -> None:
    for number in range(10_000):
        (tmp_path / f"{number}.txt").touch()
    write_gguf(tmp_path / "model.gguf")
    begun = time.process_time()
    assert names(search(tmp_path)) == ["model"]
    assert time.process_time() - begun < 2


def test_a_search_stops_at_its_bounds_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        write_gguf(tmp_path / f"{number:02}.gguf")
    monkeypatch.setattr("chatdesk.engine.model_search._MAX_MODELS", 10)
    found = search(tmp_path)
    assert len(found.files) == 10
    assert not found.is_whole
    monkeypatch.setattr("chatdesk.engine.model_search._MAX_ENTRIES", 5)
    assert not search(tmp_path).is_whole


def test_a_head_is_read_once_until_its_file_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_gguf(tmp_path / "model.gguf")
    first = HeadStore({})
    search(tmp_path, heads=first)

    def refuse(_path: Path) -> None:
        raise AssertionError("read again")

    with monkeypatch.context() as patch:
        patch.setattr("chatdesk.engine.gguf.heads.read_head", refuse)
        assert search(tmp_path, heads=HeadStore(first.entries())).files[0].head is not None
    write_gguf(path, general__size_label="1.5B")
    again = search(tmp_path, heads=HeadStore(first.entries()))
    assert again.files[0].head is not None
    assert again.files[0].head.parameters == "1.5B"


@pytest.mark.parametrize("entry", [3, {}, {"stamp": 1}, {"head": {"kind": "none"}}, {"head": {"colour": "red"}}])
def test_what_another_version_remembered_is_read_anew(tmp_path: Path, entry: object) -> None:
    path = write_gguf(tmp_path / "model.gguf")
    if isinstance(entry, dict):
        entry = {"stamp": [path.stat().st_size, path.stat().st_mtime_ns], **entry}
    assert search(tmp_path, heads=HeadStore({str(path): entry})).files[0].can_be_loaded


def test_the_folders_of_other_programs_are_known(tmp_path: Path) -> None:
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    environment = {name: str(elsewhere / name) for name in ("OLLAMA_MODELS", "HF_HUB_CACHE", "LLAMA_CACHE")}
    for folder in (
        *map(Path, environment.values()),
        home / ".ollama/models",
        home / ".lmstudio/models",
        home / ".cache/lm-studio/models",
        home / ".cache/huggingface/hub",
        elsewhere / "big",
    ):
        folder.mkdir(parents=True)
    (home / ".lmstudio/settings.json").write_text(json.dumps({"downloadsFolder": str(elsewhere / "big")}))
    (home / ".cache/lm-studio/settings.json").write_text("not json")
    found = [(folder.origin.value, folder.path) for folder in usual_folders(environment, home)]
    assert [each for each in found if str(each[1]).startswith(str(tmp_path))] == [
        ("ollama", elsewhere / "OLLAMA_MODELS"),
        ("ollama", home / ".ollama/models"),
        ("lm_studio", elsewhere / "big"),
        ("lm_studio", home / ".lmstudio/models"),
        ("lm_studio", home / ".cache/lm-studio/models"),
        ("hugging_face", elsewhere / "HF_HUB_CACHE"),
        ("hugging_face", home / ".cache/huggingface/hub"),
        ("llama_cpp", elsewhere / "LLAMA_CACHE"),
    ]


def test_a_home_of_lm_studio_that_was_moved_is_followed(tmp_path: Path) -> None:
    (tmp_path / "moved/models").mkdir(parents=True)
    (tmp_path / ".lmstudio-home-pointer").write_text(f"{tmp_path / 'moved'}\n")
    origins = {folder.path: folder.origin for folder in usual_folders({}, tmp_path)}
    assert origins[tmp_path / "moved/models"] is ModelOrigin.LM_STUDIO


def test_folders_that_are_not_there_are_left_out(tmp_path: Path) -> None:
    assert [folder for folder in usual_folders({}, tmp_path) if tmp_path in folder.path.parents] == []
