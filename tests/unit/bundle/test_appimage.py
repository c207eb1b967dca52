"""The folder and the file of an AppImage, of a bundle that is two files."""

import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.bundle.modules import module

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a recipe for Linux")
appimage = module("appimage", "linux")


def runtime(machine: str) -> bytes:
    """A program that AppImage's own is like at its beginning."""
    return b"\x7fELF\x02\x01\x01\0AI\x02" + bytes(7) + struct.pack("<H", appimage.ELF_MACHINES[machine]) + bytes(40)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    bundle = tmp_path / "dist/chatdesk"
    (bundle / "_internal").mkdir(parents=True)
    (bundle / "chatdesk").write_text('#!/bin/sh\nprintf "%s|" "$0" "$@"\n')
    (bundle / "chatdesk").chmod(0o755)
    monkeypatch.setattr(appimage, "BUNDLE", bundle)
    made = tmp_path / "AppDir"
    appimage.fill(made)
    return made


def test_it_starts_the_program_with_what_it_is_given_from_any_place(folder: Path, tmp_path: Path) -> None:
    elsewhere = folder.rename(tmp_path / "我的 place")
    completed = subprocess.run([elsewhere / "AppRun", "a b", "$c"], capture_output=True, text=True, check=True)
    assert completed.stdout == f"{elsewhere / appimage.INSIDE}/chatdesk|a b|$c|"


def test_what_desktops_look_for_is_where_they_look(folder: Path) -> None:
    for name in ("chatdesk.desktop", "chatdesk.svg", ".DirIcon", "usr/share/mime/packages/chatdesk.xml"):
        assert (folder / name).is_file(), name
    entry = (folder / "chatdesk.desktop").read_text("utf-8")
    assert "\nExec=chatdesk %F\n" in entry
    assert "\nIcon=chatdesk\n" in entry
    assert not [path for path in folder.rglob("*") if path.is_symlink() and path.readlink().is_absolute()]


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_only_the_runtime_of_the_machine_is_taken(machine: str) -> None:
    other = {"x86_64": "aarch64", "aarch64": "x86_64"}[machine]
    assert appimage.wrong_with(runtime(machine), machine) == ""
    assert machine in appimage.wrong_with(runtime(other), machine)
    assert "type 2" in appimage.wrong_with(b"\x7fELF" + bytes(60), machine)
    assert appimage.wrong_with(b"<html>", machine) == "it is no program"
    assert appimage.name(machine).endswith(f"-{machine}.AppImage")


@pytest.mark.skipif(not shutil.which("mksquashfs"), reason="not installed")
def test_the_file_is_the_runtime_with_the_folder_squashed_behind_it(folder: Path, tmp_path: Path) -> None:
    head = runtime("x86_64")
    image = tmp_path / "Chatdesk.AppImage"
    appimage.pack(folder, head, image)
    assert image.read_bytes().startswith(head + b"hsqs")
    assert os.access(image, os.X_OK)
    listed = ["unsquashfs", "-quiet", "-offset", str(len(head)), "-l", image]
    completed = subprocess.run(listed, capture_output=True, text=True, check=True)
    assert "squashfs-root/usr/lib/chatdesk/chatdesk" in completed.stdout
