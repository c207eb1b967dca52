"""What people install on macOS: which commands are run on what, with a stand-in for those that only a Mac has."""

import json
import plistlib
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.bundle.modules import module

signing = module("apple_signing", "macos")
packages = module("macos_packages", "macos")
casks = module("cask", "macos")
product = module("product", "")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links are not everybody's there")
CODE = b"\xcf\xfa\xed\xfe" + b"library"
ENGINE = "Contents/Frameworks/PySide6/Qt/lib/QtWebEngineCore.framework"
HELPER = f"{ENGINE}/Versions/A/Helpers/QtWebEngineProcess.app"
NAMED = {"CHATDESK_SIGN_IDENTITY": "Developer ID Application: Somebody (TEAM)"}
NOTARY = {"CHATDESK_NOTARY_KEY": "/k.p8", "CHATDESK_NOTARY_KEY_ID": "K", "CHATDESK_NOTARY_ISSUER": "I"}


class Mac:
    """Notes each command, and answers as it is told to."""

    def __init__(self, answers: dict[str, str] | None = None) -> None:
        self.ran: list[list[str]] = []
        self._answers = answers or {}

    def __call__(self, words: list[str]) -> str:
        self.ran.append(words)
        return self._answers.get(" ".join(words[1:3]), "")


@pytest.fixture
def application(tmp_path: Path) -> Path:
    """An application as PyInstaller lays one out: code in Frameworks, data in Resources, with links between the two."""
    made = tmp_path / "Chatdesk.app"
    code = [
        "Contents/MacOS/chatdesk",
        f"{ENGINE}/Versions/A/QtWebEngineCore",
        f"{HELPER}/Contents/MacOS/QtWebEngineProcess",
    ]
    code += [
        "Contents/Frameworks/Python.framework/Versions/3.13/Python",
        "Contents/Frameworks/xllamacpp/xllamacpp.abi3.so",
    ]
    code += ["Contents/Frameworks/PySide6/QtCore.abi3.so"]
    data = ["Contents/Resources/resources/providers.toml", f"{ENGINE}/Versions/A/Resources/icudtl.dat"]
    data += [f"{HELPER}/Contents/Resources/QtWebEngineProcess.entitlements", "Contents/Frameworks/base_library.zip"]
    for name in [*code, *data]:
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(CODE if name in code else b"data")
    (made / "Contents/Info.plist").write_bytes(plistlib.dumps({"CFBundleExecutable": "chatdesk"}))
    (made / HELPER / "Contents/Info.plist").write_bytes(plistlib.dumps({"CFBundleExecutable": "QtWebEngineProcess"}))
    (made / ENGINE / "Versions/Current").symlink_to("A")
    (made / ENGINE / "QtWebEngineCore").symlink_to("Versions/Current/QtWebEngineCore")
    (made / ENGINE / "Helpers").symlink_to("Versions/Current/Helpers")
    (made / "Contents/Resources/PySide6").symlink_to("../Frameworks/PySide6")
    return made


def test_what_lies_deeper_is_signed_first_and_each_thing_once(application: Path) -> None:
    order = [path.relative_to(application).as_posix() for path in signing.inside_out(application)]
    assert order == [
        HELPER,
        ENGINE,
        "Contents/Frameworks/PySide6/QtCore.abi3.so",
        "Contents/Frameworks/xllamacpp/xllamacpp.abi3.so",
        "Contents/Frameworks/Python.framework",
        ".",
    ]


def test_with_a_name_all_is_hardened_and_only_programs_have_entitlements(application: Path, tmp_path: Path) -> None:
    mac = Mac()
    assert signing.sign(application, tmp_path / "work", NAMED, mac)
    *signed, checked = mac.ran
    assert checked == ["codesign", "--verify", "--deep", "--strict", str(application)]
    for text in signed:
        assert text[:4] == ["codesign", "--force", "--sign", NAMED["CHATDESK_SIGN_IDENTITY"]]
        assert text[4:7] == ["--timestamp", "--options", "runtime"]
    entitled = {Path(text[-1]).name: Path(text[-2]) for text in signed if "--entitlements" in text}
    assert set(entitled) == {"Chatdesk.app", "QtWebEngineProcess.app"}
    assert entitled["QtWebEngineProcess.app"].name == "QtWebEngineProcess.entitlements"
    assert plistlib.loads(entitled["Chatdesk.app"].read_bytes()) == signing.ENTITLEMENTS


def test_without_a_name_it_is_signed_for_this_machine_and_that_is_said(
    application: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mac = Mac()
    assert not signing.sign(application, tmp_path / "work", {}, mac)
    assert all(text[:4] == ["codesign", "--force", "--sign", "-"] and len(text) == 5 for text in mac.ran[:-1])
    assert "this machine only: CHATDESK_SIGN_IDENTITY is not set" in capsys.readouterr().out


def test_an_image_that_apple_accepts_gets_its_ticket(tmp_path: Path) -> None:
    mac = Mac({"notarytool submit": json.dumps({"id": "1", "status": "Accepted"})})
    assert signing.notarise(tmp_path / "c.dmg", {**NAMED, **NOTARY}, mac)
    assert [text[1:3] for text in mac.ran] == [
        ["notarytool", "submit"],
        ["stapler", "staple"],
        ["stapler", "validate"],
        ["--assess", "--type"],
    ]
    assert "--wait" in mac.ran[0]


def test_an_image_that_apple_refuses_is_no_release_and_the_reason_is_reported(tmp_path: Path) -> None:
    mac = Mac(
        {"notarytool submit": json.dumps({"id": "1", "status": "Invalid"}), "notarytool log": "no hardened runtime"}
    )
    with pytest.raises(SystemExit, match="no hardened runtime"):
        signing.notarise(tmp_path / "c.dmg", {**NAMED, **NOTARY}, mac)
    assert not any("stapler" in text for text in mac.ran)


@pytest.mark.parametrize("missing", [*NAMED, *NOTARY])
def test_without_all_the_means_nothing_is_sent_to_apple(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    mac = Mac()
    environment = {name: value for name, value in {**NAMED, **NOTARY}.items() if name != missing}
    assert not signing.notarise(tmp_path / "c.dmg", environment, mac)
    assert mac.ran == []
    assert missing in capsys.readouterr().out


def test_an_image_is_signed_only_with_a_name(tmp_path: Path) -> None:
    mac = Mac()
    signing.sign_image(tmp_path / "c.dmg", {}, mac)
    assert mac.ran == []
    signing.sign_image(tmp_path / "c.dmg", NAMED, mac)
    assert mac.ran[0][-2:] == ["--timestamp", str(tmp_path / "c.dmg")]


def test_the_image_shows_the_application_beside_the_folder_of_programs(application: Path, tmp_path: Path) -> None:
    package = tmp_path / "chatdesk.dmg"
    seen: list[str] = []

    def run(words: list[str]) -> str:
        if words[0] == "ditto":
            Path(words[2]).mkdir()
        else:
            content = Path(words[words.index("-srcfolder") + 1])
            seen.extend(sorted(path.name for path in content.iterdir()))
            assert (content / "Applications").readlink() == Path("/Applications")
            Path(words[-1]).write_bytes(b"image")
        return ""

    packages.image(application, tmp_path / "work", package, run)
    assert seen == ["Applications", "Chatdesk.app"]
    assert package.read_bytes() == b"image"
    assert not (tmp_path / "work/image").exists()


def test_a_busy_machine_is_asked_again_but_not_for_ever(application: Path, tmp_path: Path) -> None:
    tried: list[str] = []

    def busy(words: list[str]) -> str:
        if words[0] != "hdiutil":
            return ""
        tried.append(words[0])
        if len(tried) < succeeds:
            raise subprocess.CalledProcessError(1, words)
        return ""

    succeeds = 3
    packages.image(application, tmp_path / "work", tmp_path / "c.dmg", busy, pause=0)
    assert len(tried) == 3
    succeeds = 100
    with pytest.raises(subprocess.CalledProcessError):
        packages.image(application, tmp_path / "work", tmp_path / "c.dmg", busy, pause=0)
    assert len(tried) == 3 + packages.TRIES


def test_the_cask_installs_the_image_of_each_processor() -> None:
    text = casks.cask("1.2.0", "https://example.org/chatdesk", {"arm64": "a" * 64, "x86_64": "b" * 64})
    assert f'sha256 arm:   "{"a" * 64}",\n         intel: "{"b" * 64}"' in text
    url = 'url "https://example.org/chatdesk/releases/download/v#{version}/chatdesk-#{version}-macos-#{arch}.dmg"'
    assert url in text
    assert "depends_on macos: :ventura\n" in text
    trash = re.findall(r'^    "(~/Library/.*)",$', text, re.MULTILINE)
    assert trash == sorted(trash)
    assert text.count(" do\n") == text.count("end\n")
    assert casks.image_name("1.2.0", "arm64") == "chatdesk-1.2.0-macos-arm64.dmg"


def cask_of(folder: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> Callable[[], None]:
    monkeypatch.setenv("CHATDESK_ADDRESS", address)
    monkeypatch.setattr("sys.argv", ["cask.py", str(folder)])
    return casks.main


def test_the_cask_is_written_when_both_images_and_an_address_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit, match="CHATDESK_ADDRESS"):
        cask_of(tmp_path, monkeypatch, "")()
    (tmp_path / casks.image_name(product.version(), "arm64")).write_bytes(b"image")
    with pytest.raises(SystemExit, match=r"x86_64\.dmg missing"):
        cask_of(tmp_path, monkeypatch, "https://example.org/c")()
    (tmp_path / casks.image_name(product.version(), "x86_64")).write_bytes(b"image")
    cask_of(tmp_path, monkeypatch, "https://example.org/c/")()
    written = (tmp_path / "chatdesk.rb").read_text("utf-8")
    assert f'version "{product.version()}"' in written
    assert 'homepage "https://example.org/c"' in written


def test_a_command_that_fails_stops_all() -> None:
    assert signing.run([sys.executable, "-c", "print('done')"]) == "done\n"
    with pytest.raises(subprocess.CalledProcessError):
        signing.run([sys.executable, "-c", "raise SystemExit(1)"])


def test_each_system_has_a_packer() -> None:
    build = module("build")
    for platform in ("linux", "win32", "darwin"):
        assert build.packer(platform).is_file()
    with pytest.raises(SystemExit, match="no packages for haiku"):
        build.packer("haiku")
