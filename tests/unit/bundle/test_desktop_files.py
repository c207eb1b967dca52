"""What desktops read of Chatdesk: its entry in the menu, its kinds of files, what shops show. All agree with the program."""

import configparser
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from chatdesk.features.conversations.services.files.chat_json import chat_json
from tests.paths import ROOT
from tests.unit.bundle.modules import module

LINUX = ROOT / "packaging/linux"
SPACE = "{http://www.freedesktop.org/standards/shared-mime-info}"
packages = module("packages", "linux")


def entry() -> configparser.SectionProxy:
    read = configparser.RawConfigParser(delimiters=("=",), strict=True)
    read.optionxform = str
    read.read(LINUX / "chatdesk.desktop", encoding="utf-8")
    return read["Desktop Entry"]


def kinds() -> dict[str, ET.Element]:
    return {each.get("type", ""): each for each in ET.parse(LINUX / "chatdesk.mime.xml").getroot()}


def test_the_entry_opens_the_kinds_of_files_that_are_declared_and_documents() -> None:
    kinds_of_entry = [kind for kind in entry()["MimeType"].split(";") if kind]
    shop = ET.parse(LINUX / "chatdesk.metainfo.xml").getroot()
    assert kinds_of_entry == [each.text for each in shop.iter("mediatype")]
    assert set(kinds()) < set(kinds_of_entry)
    assert "application/pdf" in kinds_of_entry
    assert entry()["Exec"] == "chatdesk %F"


def test_a_saved_chat_begins_as_its_kind_says() -> None:
    match = kinds()["application/x-chatdesk-chat+json"].find(f"{SPACE}magic/{SPACE}match")
    assert chat_json([], "x", None).startswith(match.get("value").replace("\\n", "\n"))


@pytest.mark.skipif(not shutil.which("update-mime-database"), reason="not installed")
def test_a_desktop_knows_the_files_by_their_names_and_by_how_they_begin(tmp_path: Path) -> None:
    mime = tmp_path / "data/mime"
    (mime / "packages").mkdir(parents=True)
    shutil.copy(LINUX / "chatdesk.mime.xml", mime / "packages/chatdesk.xml")
    searched = {
        "PATH": os.environ["PATH"],
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }  # else it warns that nobody looks there
    made = subprocess.run(["update-mime-database", mime], env=searched, capture_output=True, text=True, check=True)
    assert made.stderr == ""
    globs = (mime / "globs2").read_text("utf-8")
    assert "60:application/x-chatdesk-chat+json:*.chatdesk.json" in globs
    assert "60:application/x-chatdesk-preset:*.chatdesk.md" in globs
    assert "50:application/x-gguf:*.gguf" in globs
    assert (mime / "magic").read_bytes().count(b"GGUF") == 1


@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="not installed")
def test_the_entry_is_valid() -> None:
    completed = subprocess.run(
        ["desktop-file-validate", LINUX / "chatdesk.desktop"], capture_output=True, text=True, check=False
    )
    assert (completed.returncode, completed.stdout + completed.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("appstreamcli"), reason="not installed")
def test_what_shops_show_is_valid() -> None:
    # The project has no page of its own yet, and appstreamcli wants one.
    without_page = "--override=url-homepage-missing=info"
    command = ["appstreamcli", "validate", "--no-net", without_page, LINUX / "chatdesk.metainfo.xml"]
    completed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert completed.returncode == 0, completed.stdout


@pytest.mark.parametrize(
    ("machine", "debian", "archive"),
    [("x86_64", "amd64.deb", "linux-x86_64.tar.gz"), ("aarch64", "arm64.deb", "linux-aarch64.tar.gz")],
)
def test_packages_are_called_as_their_kind_calls_a_machine(machine: str, debian: str, archive: str) -> None:
    names = packages.package_names(machine)
    assert names == (f"chatdesk_{packages.version()}_{debian}", f"chatdesk-{packages.version()}-{archive}")


def test_a_machine_that_nothing_is_made_for_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        packages.package_names("riscv64")
    assert "riscv64" in str(caught.value)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a script for Linux")
@pytest.mark.skipif(not shutil.which("sh"), reason="not installed")
@pytest.mark.parametrize("name", ["_AFTER_INSTALLING", "_BEFORE_REMOVING", "_AFTER_REMOVING"])
def test_the_scripts_of_the_package_are_sound(name: str) -> None:
    subprocess.run(["sh", "-n"], input=getattr(packages, name), text=True, check=True)


@pytest.mark.skipif(not shutil.which("apparmor_parser"), reason="not installed")
def test_the_profile_for_apparmor_is_understood() -> None:
    command = ["apparmor_parser", "--skip-kernel-load", "--skip-cache", "--names", LINUX / "apparmor"]
    completed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (completed.returncode, completed.stdout.split()) == (0, ["chatdesk"]), completed.stderr
