"""What a Linux system lacks is read from `ldd` and named as Debian and Ubuntu name it."""

import importlib.util
import subprocess

import pytest

from tests.paths import ROOT

FILE = ROOT / "packaging/linux/system_packages.py"
spec = importlib.util.spec_from_file_location("system_packages", FILE)
assert spec
assert spec.loader
system_packages = importlib.util.module_from_spec(spec)
spec.loader.exec_module(system_packages)

# All libraries that PySide6 6.11.3 and the engine load and a bare Debian 13 lacks, with their packages; t64 endings come later.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libXcomposite.so.1": "libxcomposite1",
    "libXdamage.so.1": "libxdamage1",
    "libXext.so.6": "libxext6",
    "libXfixes.so.3": "libxfixes3",
    "libXrandr.so.2": "libxrandr2",
    "libXtst.so.6": "libxtst6",
    "libasound.so.2": "libasound2",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgbm.so.1": "libgbm1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgomp.so.1": "libgomp1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libnspr4.so": "libnspr4",
    "libnss3.so": "libnss3",
    "libnssutil3.so": "libnss3",
    "libsmime3.so": "libnss3",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-dri3.so.0": "libxcb-dri3-0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbfile.so.1": "libxkbfile1",
}

LISTING = """\
\tlinux-vdso.so.1 (0x00007ffd4b5f2000)
\tlibQt6XcbQpa.so.6 => /a folder/PySide6/Qt/lib/libQt6XcbQpa.so.6 (0x00007f2b54a00000)
\tlibxcb-cursor.so.0 => not found
\tlibgssapi_krb5.so.2 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f2b54000000)
\t/lib64/ld-linux-x86-64.so.2 (0x00007f2b55000000)
"""


def test_missing_libraries_are_read_from_ldd() -> None:
    assert system_packages.not_found(LISTING) == ["libxcb-cursor.so.0", "libgssapi_krb5.so.2"]


@pytest.mark.parametrize("library", PACKAGES)
def test_a_library_leads_to_its_debian_package(library: str) -> None:
    assert system_packages.debian_package(library) == PACKAGES[library]


def answer_as(monkeypatch: pytest.MonkeyPatch, *, known: str, returncode: int) -> list[list[str]]:
    """Let apt know these packages and every command return this code; the commands are noted."""
    calls: list[list[str]] = []

    def call(command: list[str], **_options: object) -> int:
        calls.append(command)
        return returncode

    def run(command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 0, known, "")

    monkeypatch.setattr(system_packages.subprocess, "call", call)
    monkeypatch.setattr(system_packages.subprocess, "run", run)
    return calls


def test_root_installs_by_the_names_of_this_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 0, raising=False)
    calls = answer_as(monkeypatch, known="libasound2t64\nlibegl1\n", returncode=0)
    assert system_packages.provide_packages(["libasound2", "libegl1"])
    assert [command[-1] for command in calls] == ["update", "libegl1"]
    assert calls[-1][-5:] == ["install", "--yes", "--no-install-recommends", "libasound2t64", "libegl1"]


def test_without_a_way_to_install_the_command_to_type_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: f"/usr/bin/{name}")
    calls = answer_as(monkeypatch, known="libegl1\n", returncode=1)  # sudo wants a password
    assert not system_packages.provide_packages(["libegl1", "libasound2"])
    assert calls == [["sudo", "--non-interactive", "true"]]
    assert "sudo apt-get install libasound2 libegl1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("dnf", "sudo dnf install 'libX11.so.6()(64bit)'"),
        ("zypper", "sudo zypper install"),
        ("pacman", "pacman -F libX11.so.6"),
        ("", "Install"),
    ],
)
def test_systems_without_apt_get_their_own_command(monkeypatch: pytest.MonkeyPatch, manager: str, command: str) -> None:
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: name if name == manager else None)
    assert command in system_packages.advice(["libX11.so.6"])


def test_programs_that_only_tests_use_are_installed_where_they_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"Xvfb", "setpriv", "dbus-daemon", "dbus-send", "gnome-keyring-daemon", "apt-get"}
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: name if name in found else None)
    monkeypatch.setattr(system_packages, "TEST_FILES", ())
    wanted: list[list[str]] = []
    monkeypatch.setattr(system_packages, "provide_packages", lambda names: wanted.append(names) or True)
    assert system_packages.provide_test_programs()
    assert wanted == [["libreoffice-writer-nogui", "libreoffice-calc-nogui", "libreoffice-math-nogui"]]
    found.add("soffice")
    assert system_packages.provide_test_programs()
    assert len(wanted) == 1
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 0)
    assert system_packages.provide_test_programs()
    bare = ["debootstrap", "bubblewrap", "xdotool", "imagemagick", "binutils", "weston"]
    recipes = ["squashfs-tools", "apparmor", "desktop-file-utils", "appstream", "shared-mime-info"]
    assert wanted[1] == [*bare, *recipes]
