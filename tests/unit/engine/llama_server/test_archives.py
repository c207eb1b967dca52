"""Archives are what the list pins, are unpacked without harm, and are unchanged when they are run."""

import random
import stat
import sys
import tarfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatdesk.engine.llama_server.archives import PinnedRelease, Variant, read_release, this_computer
from chatdesk.engine.llama_server.installed import BuildChanged, find_installed, install, remove, verify
from chatdesk.engine.llama_server.unpacking import ArchiveRefused, unpack
from chatdesk.system.resources import Resources
from tests.fakes.engine_archives import TAG, make_release_archive, make_tar, make_zip, write_list

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
HERE = this_computer()
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script for Unix")


def test_the_list_that_is_shipped_is_valid_and_complete_or_empty() -> None:
    release = read_release(Resources.locate().resources / "engine_archives.toml", HERE)
    assert bool(release.tag) == bool(release.builds)


def test_a_list_names_the_build_for_this_computer(tmp_path: Path) -> None:
    archive = make_release_archive(tmp_path)
    release = read_release(write_list(tmp_path / "list.toml", archive), HERE)
    build = release.best_build(["NVIDIA GeForce RTX 3060"])
    assert build is not None
    assert (build.id, build.variant) == (f"{TAG}-vulkan", Variant.VULKAN)
    assert build.size == archive.stat().st_size
    assert build.path(build.archives[0]).startswith(f"/ggml-org/llama.cpp/releases/download/{TAG}/llama-")
    assert release.best_build([]) is None
    assert release.architectures == {"llama"}
    assert read_release(tmp_path / "list.toml", ("linux", "other")).builds == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('sha256 = "', 'sha256 = "x'),
        ("size = ", "size = -"),
        ('name = "', 'name = "../'),
        ('tag = "b', 'tag = "'),
        ("[[archives]]", "[[archives]"),
        ('variant = "vulkan"', 'variant = "magic"'),
    ],
)
def test_a_row_without_complete_data_is_not_offered(tmp_path: Path, old: str, new: str) -> None:
    path = write_list(tmp_path / "list.toml", make_release_archive(tmp_path))
    path.write_text(path.read_text().replace(old, new))
    assert read_release(path, HERE).builds == ()
    assert read_release(tmp_path / "none.toml", HERE) == PinnedRelease()


def test_a_build_of_two_archives_is_offered_only_if_both_are_complete(tmp_path: Path) -> None:
    path = write_list(tmp_path / "list.toml", make_release_archive(tmp_path), "cuda")
    row = path.read_text().partition("[[archives]]")[2]
    path.write_text(path.read_text() + "[[archives]]" + row.replace("llama-", "cudart-"))
    build = read_release(path, HERE).build(Variant.CUDA)
    assert build is not None
    assert [archive.name.partition("-")[0] for archive in build.archives] == ["llama", "cudart"]
    path.write_text(path.read_text().replace("cudart-", "../cudart-"))
    assert read_release(path, HERE).build(Variant.CUDA) is None


def test_a_build_is_installed_for_this_user_only_and_runs_while_unchanged(tmp_path: Path) -> None:
    archive = make_release_archive(tmp_path)
    build = read_release(write_list(tmp_path / "list.toml", archive), HERE).build(Variant.VULKAN)
    assert build is not None
    engines = tmp_path / "engines"
    installed = install(build, [archive], engines, NOW)
    assert installed == find_installed(engines, build.id)
    assert installed.program == engines / build.id / f"llama-{TAG}/llama-server"
    assert installed.sha256 == build.archives[0].sha256
    assert stat.S_IMODE(installed.program.stat().st_mode) == 0o700
    assert stat.S_IMODE(installed.folder.stat().st_mode) == 0o700
    assert (installed.program.parent / "libggml-base.so").read_bytes() == b"base"
    verify(engines, build.id)
    install(build, [archive], engines, NOW)
    verify(engines, build.id)
    assert sorted(path.name for path in engines.iterdir()) == [build.id, f"{build.id}.json"]
    remove(engines, build.id)
    assert find_installed(engines, build.id) is None
    assert list(engines.iterdir()) == []


def change(folder: Path) -> None:
    (folder / "libggml-vulkan.so").write_bytes(b"vulkaN")


def add(folder: Path) -> None:
    (folder / "libggml-evil.so").write_bytes(b"")


def delete(folder: Path) -> None:
    (folder / "LICENSE").unlink()


def redirect(folder: Path) -> None:
    (folder / "libggml-base.so").unlink()
    (folder / "libggml-base.so").symlink_to("libggml-vulkan.so")


@pytest.mark.parametrize("harm", [change, add, delete, redirect])
def test_a_file_that_was_changed_added_or_removed_is_noticed(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    archive = make_release_archive(tmp_path)
    build = read_release(write_list(tmp_path / "list.toml", archive), HERE).build(Variant.VULKAN)
    assert build is not None
    engines = tmp_path / "engines"
    harm(install(build, [archive], engines, NOW).program.parent)
    with pytest.raises(BuildChanged):
        verify(engines, build.id)


def test_an_archive_without_the_program_leaves_nothing_behind(tmp_path: Path) -> None:
    archive = make_tar(tmp_path / "empty.tar.gz", {"a/readme": b"x"})
    build = read_release(write_list(tmp_path / "list.toml", archive), HERE).build(Variant.VULKAN)
    assert build is not None
    with pytest.raises(BuildChanged):
        install(build, [archive], tmp_path / "engines", NOW)
    assert list((tmp_path / "engines").iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../evil", "/evil", "a/../../evil", "c:evil", "a\\..\\evil", "con.", "a" * 600, "a?", "a/b. /c"]
)
@pytest.mark.parametrize("kind", ["tar", "zip"])
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str, kind: str) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    archive = (
        make_tar(tmp_path / "a.tar.gz", {name: b"x"}) if kind == "tar" else make_zip(tmp_path / "a.zip", {name: b"x"})
    )
    if kind == "zip" and "\\" in name:  # zipfile itself replaces it on some systems
        return
    with pytest.raises(ArchiveRefused):
        unpack(archive, inside)
    assert list(inside.rglob("*")) == []
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize(
    "links",
    [
        {"x": "/etc/passwd"},
        {"x": "../outside"},
        {"x": "nothing"},
        {"d/x": "..", "y": "d/x/../outside"},
        {"x": "x"},
        {"x": "d"},
        {"x": "c:\\windows"},
    ],
)
def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path, links: dict[str, str]) -> None:
    (tmp_path / "outside").write_text("secret")
    inside = tmp_path / "inside"
    inside.mkdir()
    with pytest.raises(ArchiveRefused):
        unpack(make_tar(tmp_path / "a.tar.gz", {"d/file": b"x"}, links), inside)


def test_no_file_is_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    inside = tmp_path / "inside"
    inside.mkdir()
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        link = tarfile.TarInfo("x")
        link.type, link.linkname = tarfile.SYMTYPE, str(tmp_path / "outside")
        archive.addfile(link)
        archive.addfile(tarfile.TarInfo("x/evil"))
    with pytest.raises(ArchiveRefused):
        unpack(path, inside)
    assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize("kind", [tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_devices_and_hard_links_are_refused(tmp_path: Path, kind: bytes) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo("x")
        member.type, member.linkname = kind, "/etc/passwd"
        archive.addfile(member)
    with pytest.raises(ArchiveRefused):
        unpack(path, inside)
    assert list(inside.iterdir()) == []


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("x")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    (tmp_path / "inside").mkdir()
    with pytest.raises(ArchiveRefused):
        unpack(path, tmp_path / "inside")


def test_a_bomb_is_stopped_by_its_real_size_and_its_count(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    with pytest.raises(ArchiveRefused, match="too large"):
        unpack(make_zip(tmp_path / "a.zip", {"x": bytes(3_000_000)}), inside, max_bytes=1_000_000)
    assert (inside / "x").stat().st_size <= 1_000_000
    with pytest.raises(ArchiveRefused, match="too many"):
        unpack(make_tar(tmp_path / "a.tar.gz", {str(n): b"" for n in range(5)}), inside, max_files=4)


def test_a_name_that_occurs_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("x"))
        archive.addfile(tarfile.TarInfo("./x"))
    (tmp_path / "inside").mkdir()
    with pytest.raises(ArchiveRefused, match="twice"):
        unpack(path, tmp_path / "inside")


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
@pytest.mark.parametrize("length", [0, 10, 60, 150])
def test_a_damaged_archive_is_refused(tmp_path: Path, name: str, length: int) -> None:
    path = tmp_path / name
    files = {"x": random.Random(1).randbytes(500)}
    make_zip(path, files) if name.endswith("zip") else make_tar(path, files)
    path.write_bytes(path.read_bytes()[:length])
    (tmp_path / "inside").mkdir()
    with pytest.raises(ArchiveRefused):
        unpack(path, tmp_path / "inside")


def test_a_zip_is_unpacked_too(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    unpack(make_zip(tmp_path / "a.zip", {"llama-server.exe": b"x", "d/lib.dll": b"y"}), tmp_path / "inside")
    assert (tmp_path / "inside/d/lib.dll").read_bytes() == b"y"
