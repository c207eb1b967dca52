"""What people install on Windows: made here as far as another system can."""

import json
import re
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from chatdesk.system.folders import PORTABLE_NAME
from chatdesk.system.instance_lock import RUNNING_NAME
from tests.unit.bundle.modules import PACKAGING, module

packages = module("windows_packages", "windows")
signing = module("signing", "windows")
winget = module("winget", "windows")
product = module("product", "")
SCRIPT = (PACKAGING / "windows/chatdesk.iss").read_text("utf-8")
CHINESE = (PACKAGING / "windows/chinese.isl").read_text("utf-8")
SECTIONS = {
    "Setup",
    "Languages",
    "CustomMessages",
    "Tasks",
    "InstallDelete",
    "Files",
    "Icons",
    "Registry",
    "Run",
    "Code",
}


def program_file(signature: int = 0, *, kind: int = 0x20B) -> bytes:
    """Return the head of a program file for Windows, whose signature has this size."""
    head = bytearray(512)
    head[:2] = b"MZ"
    struct.pack_into("<I", head, 0x3C, 0x80)
    head[0x80:0x84] = b"PE\0\0"
    struct.pack_into("<H", head, 0x80 + 24, kind)
    struct.pack_into("<2I", head, 0x80 + 24 + (112 if kind == 0x20B else 96) + 32, 0x1000, signature)
    return bytes(head)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "我的 程序"
    (folder / "_internal/PySide6").mkdir(parents=True)
    (folder / "chatdesk-window.exe").write_bytes(program_file())
    (folder / "_internal/PySide6/Qt6Core.dll").write_bytes(program_file(4096))
    (folder / "_internal/base_library.zip").write_bytes(b"PK")
    return folder


def test_the_portable_archive_has_a_folder_for_the_data_beside_the_program(bundle: Path, tmp_path: Path) -> None:
    package = tmp_path / "portable.zip"
    packages.portable(bundle, package)
    with zipfile.ZipFile(package) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {
            "Chatdesk/data/",
            "Chatdesk/chatdesk-window.exe",
            "Chatdesk/_internal/PySide6/Qt6Core.dll",
            "Chatdesk/_internal/base_library.zip",
        }
    assert packages.PORTABLE_FOLDER == PORTABLE_NAME


def test_only_program_files_without_a_signature_are_signed(bundle: Path) -> None:
    (bundle / "old.dll").write_bytes(program_file(kind=0x10B))
    (bundle / "text.exe").write_bytes(b"no program")
    assert [file.name for file in signing.unsigned(bundle)] == ["chatdesk-window.exe", "old.dll", "text.exe"]
    (bundle / "old.dll").write_bytes(program_file(8, kind=0x10B))
    assert [file.name for file in signing.unsigned(bundle)] == ["chatdesk-window.exe", "text.exe"]


def test_each_file_is_signed_by_the_command_of_the_environment(bundle: Path) -> None:
    text = signing.command(
        {"CHATDESK_SIGN_COMMAND": json.dumps(["signtool", "sign", "/d", "Chat desk", "{root}", "{file}"])}
    )
    ran: list[list[str]] = []
    signing.sign([bundle / "chatdesk-window.exe"], text, ran.append)
    assert ran == [["signtool", "sign", "/d", "Chat desk", str(PACKAGING.parent), str(bundle / "chatdesk-window.exe")]]
    with pytest.raises(subprocess.CalledProcessError):
        signing.sign([bundle], [sys.executable, "-c", "raise SystemExit(1)", "{file}"])


def test_without_a_command_nothing_is_signed() -> None:
    assert signing.command({}) == signing.command({"CHATDESK_SIGN_COMMAND": " "}) == []


@pytest.mark.parametrize("text", ["signtool sign", '"signtool"', "[1]", '["signtool"]', "{}"])
def test_a_command_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"CHATDESK_SIGN_COMMAND|Expecting value"):
        signing.command({"CHATDESK_SIGN_COMMAND": text})


def test_the_compiler_is_found_where_its_installer_puts_it(tmp_path: Path) -> None:
    environment = {"PATH": "", "ProgramFiles": str(tmp_path / "64"), "ProgramFiles(x86)": str(tmp_path / "32")}
    assert packages.compiler(environment) is None
    for folder in ("32/Inno Setup 6", "64/Inno Setup 7"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "ISCC.exe").touch()
    assert packages.compiler(environment) == str(tmp_path / "64/Inno Setup 7/ISCC.exe")
    assert packages.compiler({**environment, "ISCC": "D:\\inno\\ISCC.exe"}) == "D:\\inno\\ISCC.exe"


def defined(*, address: str = "", signed: bool = False) -> dict[str, str]:
    command = packages.installer_command(
        "ISCC.exe", "1.2.0rc1", Path("bundle"), Path("icon.ico"), Path("dist"), address=address, signed=signed
    )
    assert command[0] == "ISCC.exe"
    assert Path(command[-1]) == PACKAGING / "windows/chatdesk.iss"
    return dict(re.fullmatch(r"/[DS](\w+)=(.*)", word).groups() for word in command[2:-1])


def test_the_installer_gets_every_name_that_it_uses_and_no_other() -> None:
    used = set(re.findall(r"\{#(\w+)\}", SCRIPT)) | set(re.findall(r"#ifdef (\w+)", SCRIPT))
    definitions = defined(address="https://example.org/chatdesk", signed=True)
    assert set(definitions) - {"chatdesk"} == used
    assert definitions["chatdesk"].endswith("signing.py$q $f")
    assert "SignTool=chatdesk" in SCRIPT
    optional = set(re.findall(r"#ifdef (\w+)", SCRIPT))
    assert set(defined()) == used - optional
    assert definitions["NumericVersion"] == "1.2.0.0"


def test_no_name_is_taken_for_a_directive_of_the_preprocessor() -> None:
    """`{#File}` would be `#file`, whatever is defined."""
    directives = {
        "append",
        "define",
        "dim",
        "emit",
        "error",
        "expr",
        "file",
        "for",
        "if",
        "include",
        "insert",
        "pragma",
        "sub",
        "undef",
    }
    assert not {name.lower() for name in defined(address="https://example.org", signed=True)} & directives


def test_the_installer_knows_its_sections_and_every_file_it_names() -> None:
    assert set(re.findall(r"^\[(\w+)\]$", SCRIPT, re.MULTILINE)) == SECTIONS
    assert re.findall(r"compiler:[\w.]+,([\w.]+)", SCRIPT) == ["chinese.isl"]
    programs = set(re.findall(r"\{app\}\\([\w-]+)\.exe", SCRIPT))
    spec = (PACKAGING / "bundle/chatdesk.spec").read_text("utf-8")
    assert programs == {"chatdesk-window"}
    assert 'program("chatdesk-window"' in spec
    tasks = set(re.findall(r'^Name: "(\w+)"; Description', SCRIPT, re.MULTILINE))
    assert set(re.findall(r"Tasks: (\w+)", SCRIPT)) == tasks


def test_the_installer_says_its_own_words_in_both_languages() -> None:
    words = re.findall(r"^(english|chinese)\.(\w+)=(.+)$", SCRIPT, re.MULTILINE)
    english = {name: text for language, name, text in words if language == "english"}
    chinese = {name: text for language, name, text in words if language == "chinese"}
    assert set(english) == set(chinese)
    for name, text in english.items():
        assert re.findall(r"%\w", text) == re.findall(r"%\w", chinese[name])
    own = set(re.findall(r"CustomMessage\('(\w+)'\)", SCRIPT)) | set(re.findall(r"\{cm:(\w+)", SCRIPT))
    translated = set(re.findall(r"^(\w+)=", CHINESE.partition("[CustomMessages]")[2], re.MULTILINE))
    assert own == set(english) | translated


def test_the_installer_and_the_program_agree() -> None:
    assert f"RunningProgram = '{RUNNING_NAME}'" in SCRIPT
    assert f"AppPublisher={product.PUBLISHER}\n" in SCRIPT
    assert f"AppCopyright={product.COPYRIGHT}\n" in SCRIPT
    assert f"AppId={{{{{winget.APP_ID}}}\n" in SCRIPT
    assert f"MinVersion={winget.OLDEST_WINDOWS.removesuffix('.0')}\n" in SCRIPT


def test_every_chinese_message_is_said_once() -> None:
    names = re.findall(r"^(\w+)=", CHINESE, re.MULTILINE)
    assert len(names) == len(set(names)) > 100
    assert [line for line in CHINESE.splitlines() if line and not re.match(r";|\[\w+\]$|\w+=.", line)] == []


def test_winget_gets_four_files_for_both_kinds_of_installation(tmp_path: Path) -> None:
    installer = tmp_path / "chatdesk-1.2.0-windows-x64-setup.exe"
    installer.write_bytes(b"program")
    packages.write_manifests("1.2.0", "https://example.org/chatdesk", installer, tmp_path / "winget")
    files = {file.name: file.read_text("utf-8") for file in (tmp_path / "winget").iterdir()}
    names = ["", ".installer", ".locale.en-US", ".locale.zh-CN", ".locale.zh-TW"]
    assert sorted(files) == sorted(f"Chatdesk.Chatdesk{name}.yaml" for name in names)
    text = files["Chatdesk.Chatdesk.installer.yaml"]
    where = '"https://example.org/chatdesk/releases/download/v1.2.0/chatdesk-1.2.0-windows-x64-setup.exe"'
    assert text.count(f"InstallerUrl: {where}") == 2
    assert text.count(f'InstallerSha256: "{packages.sha256(installer).upper()}"') == 2
    assert '  InstallerSwitches:\n    Custom: "/ALLUSERS"\n' in text
    assert 'ShortDescription: "与本地和远程语言模型对话"' in files["Chatdesk.Chatdesk.locale.zh-CN.yaml"]
    for manifest in files.values():
        assert 'PackageVersion: "1.2.0"\n' in manifest
        assert manifest.endswith('ManifestVersion: "1.12.0"\n')
