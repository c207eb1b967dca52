"""Where a second start reaches the program: only in a folder that no other user can enter."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from chatdesk.system.instance_address import AddressUnsafe, instance_address

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pipe lies in no folder")
linux_only = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="macOS names a folder for each user itself"
)

OTHER_USER = 61_234


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """As pytest's, but short: the path of a socket may have some hundred characters."""
    with TemporaryDirectory(prefix="cd", dir="/tmp") as folder:
        yield Path(folder)


@pytest.fixture
def runtime(tmp_path: Path) -> Path:
    folder = tmp_path / "runtime"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder like /tmp."""
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o1777)
    return folder


def own(shared: Path) -> Path:
    return shared / f"chatdesk-{os.geteuid()}"


@linux_only
def test_the_socket_lies_in_the_runtime_folder_where_nobody_else_enters(runtime: Path, shared: Path) -> None:
    address = Path(instance_address(Path("/data"), {"XDG_RUNTIME_DIR": str(runtime)}, shared))
    assert address.parent == runtime / "chatdesk"
    assert stat.S_IMODE(address.parent.stat().st_mode) == 0o700
    assert list(shared.iterdir()) == []


@linux_only
def test_in_a_flatpak_it_lies_where_two_starts_meet(tmp_path: Path) -> None:
    (tmp_path / "app" / "org").mkdir(parents=True, mode=0o700)
    environment = {"XDG_RUNTIME_DIR": str(tmp_path), "FLATPAK_ID": "org"}
    assert Path(instance_address(Path("/data"), environment)).parent == tmp_path / "app" / "org" / "chatdesk"


def test_without_a_runtime_folder_it_lies_in_a_folder_of_our_own(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.confstr", lambda _name: None, raising=False)
    address = Path(instance_address(Path("/data"), {}, shared))
    assert address.parent == own(shared)
    assert stat.S_IMODE(address.parent.stat().st_mode) == 0o700


def test_macos_names_the_folder_of_the_user(tmp_path: Path, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setattr("os.confstr", lambda name: str(tmp_path) if name == 65537 else None)
    assert (
        Path(instance_address(Path("/data"), {"XDG_RUNTIME_DIR": "/elsewhere"}, shared)).parent == tmp_path / "chatdesk"
    )


def test_two_data_folders_are_two_programs_and_one_is_always_the_same(shared: Path) -> None:
    first, again, other = (instance_address(Path(folder), {}, shared) for folder in ("/a", "/a", "/b"))
    assert first == again != other


def taken_by_a_file(folder: Path) -> None:
    folder.write_text("")


def taken_by_a_link(folder: Path) -> None:
    (folder.parent / "real").mkdir(mode=0o700)
    folder.symlink_to(folder.parent / "real")


def taken_by_a_link_to_nothing(folder: Path) -> None:
    folder.symlink_to(folder.parent / "nothing")


def open_to_a_group(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o710)


def open_to_all(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o777)


def of_another_user(folder: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only the superuser can give a folder away")
    folder.mkdir(mode=0o700)
    os.chown(folder, OTHER_USER, OTHER_USER)


@pytest.mark.parametrize(
    "spoil",
    [taken_by_a_file, taken_by_a_link, taken_by_a_link_to_nothing, open_to_a_group, open_to_all, of_another_user],
)
def test_a_folder_that_another_user_may_have_made_is_refused_and_named(spoil, shared: Path) -> None:
    spoil(own(shared))
    with pytest.raises(AddressUnsafe, match=str(own(shared))):
        instance_address(Path("/data"), {}, shared)


def test_a_folder_in_which_others_can_exchange_ours_is_refused(shared: Path) -> None:
    shared.chmod(0o777)  # no sticky bit
    with pytest.raises(AddressUnsafe, match="others may write"):
        instance_address(Path("/data"), {}, shared)
    assert not own(shared).exists()


@linux_only
@pytest.mark.parametrize("problem", ["missing", "too long", "of another user", "open"])
def test_an_unusable_runtime_folder_is_passed_over(problem: str, runtime: Path, shared: Path) -> None:
    match problem:
        case "missing":
            runtime = runtime / "gone"
        case "too long":
            runtime = runtime / ("long" * 25)
            runtime.mkdir(mode=0o700)
        case "of another user":
            of_another_user(runtime / "chatdesk")
        case "open":
            runtime.chmod(0o777)
    address = instance_address(Path("/data"), {"XDG_RUNTIME_DIR": str(runtime)}, shared)
    assert Path(address).parent == own(shared)
