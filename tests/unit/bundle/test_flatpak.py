"""The Flatpak: its list of packages is what the locks say, and its sandbox has no more holes than are documented."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.unit.bundle.modules import PACKAGING, module

FOLDER = PACKAGING / "linux/flatpak"
MANIFEST = FOLDER / "io.github.chatdesk.Chatdesk.yaml"
wheels = module("wheels", "linux/flatpak")


def listed() -> list[dict]:
    return json.loads(wheels.LIST.read_text("utf-8"))


def locks() -> dict[str, tuple[str, frozenset[str]]]:
    return {name: each for lock in wheels.LOCKS for name, each in wheels.locked(wheels._lock(lock)).items()}


def test_the_list_holds_the_packages_of_the_locks_and_no_others() -> None:
    """`python3 packaging/linux/flatpak/wheels.py update` brings it up to date."""
    assert {wheel["name"] for wheel in listed()} == set(locks())


@pytest.mark.parametrize("machine", wheels.MACHINES)
def test_each_machine_gets_one_file_of_each_package_with_a_checksum_of_the_lock(machine: str) -> None:
    files = [wheel for wheel in listed() if machine in wheel["machines"]]
    assert sorted(wheel["name"] for wheel in files) == sorted(locks())
    for wheel in files:
        version, hashes = locks()[wheel["name"]]
        assert wheel["sha256"] in hashes
        assert f"-{version}-" in wheel["file"]
        assert machine in wheels.fits(wheel["file"])
        assert wheel["path"].endswith("/" + wheel["file"])


def test_what_a_lock_has_for_linux_and_this_python_is_needed_and_nothing_else() -> None:
    text = (
        "a==1.0 \\\n    --hash=sha256:" + "1" * 64 + " \\\n    --hash=sha256:" + "2" * 64 + "\n"
        "b==2 ; python_full_version < '3.12' \\\n    --hash=sha256:" + "3" * 64 + "\n"
        "c==3 ; python_full_version < '3.15' and sys_platform == 'linux' \\\n    --hash=sha256:" + "4" * 64 + "\n"
        "d==4 ; sys_platform == 'win32' or platform_machine != 'ARM64' \\\n    --hash=sha256:" + "5" * 64 + "\n"
        "e==5 ; sys_platform != 'linux' \\\n    --hash=sha256:" + "6" * 64 + "\n"
    )
    found = wheels.locked(text)
    assert found == {
        "a": ("1.0", frozenset({"1" * 64, "2" * 64})),
        "c": ("3", frozenset({"4" * 64})),
        "d": ("4", frozenset({"5" * 64})),
    }


def test_a_condition_that_is_not_understood_is_reported() -> None:
    with pytest.raises(ValueError, match="os_name"):
        wheels.locked("a==1 ; (os_name == 'x') \\\n    --hash=sha256:" + "1" * 64 + "\n")


@pytest.mark.parametrize(
    ("file", "machines"),
    [
        ("a-1-py3-none-any.whl", {"x86_64", "aarch64"}),
        ("a-1-py2.py3-none-any.whl", {"x86_64", "aarch64"}),
        ("a-1-cp310-abi3-manylinux_2_34_x86_64.whl", {"x86_64"}),
        ("a-1-cp313-cp313-manylinux2014_aarch64.manylinux_2_17_aarch64.whl", {"aarch64"}),
        ("a-1-cp312-cp312-manylinux_2_17_x86_64.whl", set()),
        ("a-1-cp314-abi3-manylinux_2_17_x86_64.whl", set()),
        ("a-1-cp313-cp313t-manylinux_2_17_x86_64.whl", set()),
        ("a-1-cp313-cp313-musllinux_1_2_x86_64.whl", set()),
        ("a-1-cp310-abi3-manylinux_2_99_x86_64.whl", set()),
        ("a-1-py3-none-win_amd64.whl", set()),
        ("a-1.tar.gz", set()),
    ],
)
def test_which_machines_a_file_is_for_stands_in_its_name(file: str, machines: set[str]) -> None:
    assert wheels.fits(file) == machines


def test_files_come_from_a_server_or_a_folder() -> None:
    for place, key in (("https://files.example/", "url"), ("/srv/wheels", "path")):
        found = wheels.sources(place)
        assert len(found) == len(listed())
        assert all(str(each[key]).startswith(place.rstrip("/")) and each["type"] == "file" for each in found)


def test_the_sandbox_has_these_holes_only() -> None:
    arguments = MANIFEST.read_text("utf-8").partition("finish-args:")[2].partition("\ncleanup:")[0]
    assert re.findall(r"^  - (\S+)", arguments, re.MULTILINE) == [
        "--share=network",
        "--socket=wayland",
        "--socket=fallback-x11",
        "--share=ipc",
        "--device=dri",
        "--talk-name=org.freedesktop.secrets",
        "--talk-name=org.freedesktop.Notifications",  # says that work which outlived the window is done
        "--unset-env=QT_PLUGIN_PATH",
    ]


@pytest.mark.skipif(not shutil.which("flatpak-builder"), reason="not installed")
def test_the_recipe_is_understood_by_its_builder(tmp_path: Path) -> None:
    folder = tmp_path / "packaging/linux/flatpak"
    folder.mkdir(parents=True)
    shutil.copy(MANIFEST, folder)
    (folder / "python-sources.json").write_text(json.dumps(wheels.sources("/srv/wheels")))
    completed = subprocess.run(
        ["flatpak-builder", "--show-manifest", folder / MANIFEST.name],
        cwd=tmp_path,  # it makes a folder of its own where it stands
        capture_output=True,
        text=True,
        check=False,
    )
    assert completed.returncode == 0, completed.stderr
    read = json.loads(completed.stdout)
    assert read["id"] == module("product", ".").IDENTIFIER
    assert [each["name"] for each in read["modules"]] == ["python-packages", "chatdesk"]
    assert len(read["modules"][0]["sources"]) == len(listed())
    assert "unknown" not in completed.stderr.lower()
