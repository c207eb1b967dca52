"""Downloaded models lie in LM Studio's layout, become visible at once, and leave nothing behind."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.models.hubs import DownloadFile, HubKind, HubRepository, ModelDownload
from chatdesk.storage.files.model_store import ModelStore, decoded_download, encoded_download

NOW = datetime(2026, 11, 29, tzinfo=UTC)
SOURCE = HubRepository(HubKind.HUGGING_FACE, "acme/Wren-7B-GGUF", "c0ffee")


def file(path: str, content: bytes) -> DownloadFile:
    return DownloadFile(path, len(content), hashlib.sha256(content).hexdigest())


def download(*files: DownloadFile, source: HubRepository = SOURCE) -> ModelDownload:
    return ModelDownload("Wren 7B", files, (source,), "mit")


def received(store: ModelStore, wanted: ModelDownload, *contents: bytes) -> None:
    for each, content in zip(wanted.files, contents, strict=True):
        part = store.part(each)
        part.open(lambda _length: None)
        part.write(content)
        part.close()


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(lambda: tmp_path / "models")


ONE = download(file("Wren-7B-Q4_K_M.gguf", b"one"))
SPLIT = download(file("q8/Wren-00001-of-00002.gguf", b"first"), file("q8/Wren-00002-of-00002.gguf", b"second"))
SEEING = download(file("Wren-7B-Q8_0.gguf", b"eight"), file("mmproj-F16.gguf", b"eyes"))
ALSO_SEEING = download(file("Wren-7B-Q6_K.gguf", b"six"), file("mmproj-F16.gguf", b"eyes"))


def placed(store: ModelStore, wanted: ModelDownload, *contents: bytes) -> list[str]:
    received(store, wanted, *contents)
    model = store.place(store.free_id(wanted, ()), wanted, SOURCE, NOW)
    return [str(path.relative_to(store.folder)).replace("\\", "/") for path in store.paths_of(model)]


def test_a_model_lies_in_the_folder_of_its_publisher_and_repository(store: ModelStore) -> None:
    assert placed(store, ONE, b"one") == ["acme/Wren-7B-GGUF/Wren-7B-Q4_K_M.gguf"]
    (model,) = ModelStore(lambda: store.folder).read()
    assert (model.id, model.source, model.downloaded_at, model.download) == ("Wren-7B-Q4_K_M", SOURCE, NOW, ONE)
    assert list((store.folder / ".parts").iterdir()) == []


def test_all_files_of_a_split_model_lie_together(store: ModelStore) -> None:
    folder = "acme/Wren-7B-GGUF"
    assert placed(store, SPLIT, b"first", b"second") == [
        f"{folder}/Wren-00001-of-00002.gguf",
        f"{folder}/Wren-00002-of-00002.gguf",
    ]
    assert store.models[0].id == "Wren"


def test_a_model_whose_placing_was_interrupted_is_not_complete_until_it_is_placed_again(store: ModelStore) -> None:
    received(store, SPLIT, b"first", b"second")
    second = store.part(SPLIT.files[1]).path
    hidden = second.rename(second.with_suffix(".away"))
    with pytest.raises(Exception, match=r"00002"):
        store.place("Wren", SPLIT, SOURCE, NOW)
    (model,) = store.models
    assert model.downloaded_at is None
    hidden.rename(second)
    again = ModelStore(lambda: store.folder)
    assert again.missing_files(SPLIT) == SPLIT.files[1:]
    assert again.place("Wren", SPLIT, SOURCE, NOW).downloaded_at == NOW
    assert [path.read_bytes() for path in again.paths_of(again.models[0])] == [b"first", b"second"]


def test_a_file_of_the_user_that_has_the_name_is_not_touched(store: ModelStore) -> None:
    own = store.folder / "acme/Wren-7B-GGUF/Wren-7B-Q4_K_M.gguf"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"mine")
    (path,) = placed(store, ONE, b"one")
    assert own.read_bytes() == b"mine"
    assert (store.folder / path).read_bytes() == b"one"
    assert path.endswith("/Wren-7B-Q4_K_M.gguf")


def test_two_models_share_the_file_with_which_they_see(store: ModelStore) -> None:
    placed(store, SEEING, b"eight", b"eyes")
    assert store.missing_files(ALSO_SEEING) == ALSO_SEEING.files[:1]
    received(store, download(ALSO_SEEING.files[0]), b"six")
    model = store.place("Wren-7B-Q6_K", ALSO_SEEING, SOURCE, NOW)
    eyes = store.paths_of(model)[1]
    store.delete("Wren-7B-Q8_0")
    assert eyes.exists()
    assert store.missing_files(SEEING) == SEEING.files[:1]
    store.delete("Wren-7B-Q6_K")
    assert not eyes.exists()


def test_deleting_leaves_neither_files_nor_empty_folders_nor_an_entry(store: ModelStore) -> None:
    placed(store, SPLIT, b"first", b"second")
    store.delete("Wren")
    assert store.read() == ()
    assert not (store.folder / "acme").exists()
    with pytest.raises(KeyError):
        store.delete("Wren")


def test_deleting_uses_the_trash_if_requested(store: ModelStore) -> None:
    placed(store, ONE, b"one")
    trashed: list[Path] = []
    store.delete("Wren-7B-Q4_K_M", trashed.append)
    assert [path.name for path in trashed] == ["Wren-7B-Q4_K_M.gguf"]


def test_models_with_the_same_file_name_have_ids_of_their_own(store: ModelStore) -> None:
    placed(store, ONE, b"one")
    other = download(file("Wren-7B-Q4_K_M.gguf", b"two"), source=HubRepository(HubKind.MODELSCOPE, "emca/Wren"))
    assert store.free_id(other, ()) == "Wren-7B-Q4_K_M (Wren)"
    assert store.free_id(other, ["Wren-7B-Q4_K_M (Wren)"]) == "Wren-7B-Q4_K_M (Wren) 2"


def test_a_model_whose_file_somebody_removed_is_no_longer_listed(store: ModelStore) -> None:
    (path,) = placed(store, ONE, b"one")
    (store.folder / path).unlink()
    assert store.read() == ()
    assert store.missing_files(ONE) == ONE.files


def test_parts_of_downloads_that_nobody_wants_are_deleted(store: ModelStore) -> None:
    received(store, SPLIT, b"first", b"second")
    received(store, ONE, b"one")
    store.discard_parts([ONE])
    assert [path.name for path in (store.folder / ".parts").iterdir()] == [f"{ONE.files[0].sha256}.part"]


@pytest.mark.parametrize("path", ["../../passwd", "/etc/passwd", "C:\\x.gguf", "a/../../x", ""])
def test_an_edited_journal_never_names_a_file_outside_the_folder(store: ModelStore, path: str) -> None:
    placed(store, ONE, b"one")
    journal = store.folder / ".chatdesk-models.json"
    content = json.loads(journal.read_text())
    content["models"][0]["paths"] = [path]
    journal.write_text(json.dumps(content))
    assert store.read() == ()
    assert store.models == ()


@pytest.mark.parametrize("name", ["../..", "a/../b", "/root", "CON/aux", "a\\b/c:d", "x" * 500 + "/" + "y" * 500])
def test_names_of_repositories_and_files_never_leave_the_folder(store: ModelStore, name: str) -> None:
    wanted = download(file(f"{name}/../evil\\..\\x.gguf", b"one"), source=HubRepository(HubKind.OLLAMA, name))
    (path,) = placed(store, wanted, b"one")
    assert (store.folder / path).resolve().is_relative_to(store.folder.resolve())
    assert (store.folder / path).read_bytes() == b"one"


texts = st.text(min_size=1, max_size=9)
files = st.builds(DownloadFile, texts, st.integers(1, 2**50), st.text("0123456789abcdef", min_size=64, max_size=64))
sources = st.builds(HubRepository, st.sampled_from(HubKind), texts, st.text(max_size=9))
downloads = st.builds(
    ModelDownload,
    texts,
    st.lists(files, min_size=1, max_size=3).map(tuple),
    st.lists(sources, min_size=1, max_size=3).map(tuple),
    st.text(max_size=9),
)


@given(downloads)
def test_a_download_is_read_as_it_was_written(wanted: ModelDownload) -> None:
    assert decoded_download(json.loads(json.dumps(encoded_download(wanted)))) == wanted


rows = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "licence", "files", "sources", "path", "size", "sha256", "hub"]), inner
        )
    ),
)


@given(rows)
def test_anything_else_is_no_download(value: object) -> None:
    assert decoded_download(value) is None
