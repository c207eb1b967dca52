"""What the program declares to Windows and macOS."""

import ast
import plistlib
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PyInstaller.utils.win32.winmanifest import _DEFAULT_MANIFEST_XML, create_application_manifest

import chatdesk
from chatdesk.features.chat.ui.composer.dropped_files import Use, by_name
from chatdesk.kernel.chat.attachments import MEDIA_TYPES, PICTURE_ENDINGS
from chatdesk.kernel.documents.kinds import type_by_name
from tests.paths import ROOT
from tests.unit.bundle.modules import PACKAGING, module
from tests.unit.bundle.wheels import wheel

product = module("product", "")
windows = module("program_files", "windows")
macos = module("property_lists", "macos")
TEXTS = {"product": "Chatdesk", "publisher": "The Chatdesk authors", "version": "1.2.0rc1", "copyright": "Copyright"}


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("0.1.0", (0, 1, 0, 0)), ("1.2", (1, 2, 0, 0)), ("1.2.3rc4", (1, 2, 3, 0)), ("2.0.0.dev5", (2, 0, 0, 0))],
)
def test_windows_gets_four_numbers_of_any_version(version: str, numbers: tuple[int, ...]) -> None:
    assert product.numeric_version(version) == numbers


def test_there_is_one_version() -> None:
    assert product.version() == chatdesk.__version__


def test_the_version_resource_is_what_pyinstaller_reads() -> None:
    text = windows.version_resource("chatdesk-window", (1, 2, 0, 0), TEXTS)
    called = [node.func.id for node in ast.walk(ast.parse(text, mode="eval")) if isinstance(node, ast.Call)]
    known = {
        "VSVersionInfo",
        "FixedFileInfo",
        "StringFileInfo",
        "StringTable",
        "StringStruct",
        "VarFileInfo",
        "VarStruct",
    }
    assert set(called) == known
    assert "StringTable('040904B0'" in text
    assert "StringStruct('OriginalFilename', 'chatdesk-window.exe')" in text
    assert "filevers=(1, 2, 0, 0)" in text


def test_windows_are_sharp_on_each_screen_and_paths_may_be_long() -> None:
    made = create_application_manifest(windows.manifest(_DEFAULT_MANIFEST_XML.decode()).encode())
    tree = ET.fromstring(made)
    elements = {element.tag.rpartition("}")[2]: element for element in tree.iter()}
    assert elements["dpiAwareness"].text == "PerMonitorV2, PerMonitor"
    assert elements["dpiAwareness"].tag.replace("dpiAwareness", "longPathAware") == elements["longPathAware"].tag
    assert elements["longPathAware"].text == "true"
    assert elements["requestedExecutionLevel"].get("level") == "asInvoker"
    assert any(
        "8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a" in (element.get("Id") or "") for element in tree.iter()
    )  # Windows 10 and 11


def test_a_manifest_of_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="another form"):
        windows.manifest("<assembly/>")


def test_macos_gets_name_version_and_oldest_system() -> None:
    info = plistlib.loads(plistlib.dumps(macos.info(product.IDENTIFIER, "1.2.0rc1", (1, 2, 0, 0), product.COPYRIGHT)))
    assert info["CFBundleIdentifier"] == "io.github.chatdesk.Chatdesk"
    assert (info["CFBundleShortVersionString"], info["CFBundleVersion"]) == ("1.2.0rc1", "1.2.0")
    assert info["LSApplicationCategoryType"].startswith("public.app-category.")
    assert info["NSHighResolutionCapable"] is True
    assert info["LSMinimumSystemVersion"] == "13.0"


def windows_endings() -> set[str]:
    script = (PACKAGING / "windows/chatdesk.iss").read_text("utf-8")
    return set(re.findall(r'SupportedTypes"; .*ValueName: "\.(\w+)"', script))


def test_macos_and_windows_offer_chatdesk_for_its_own_files_as_linux_does() -> None:
    kinds = {kind for document in macos.DOCUMENTS for kind in document["LSItemContentTypes"]}
    declared = {
        kind["UTTypeIdentifier"]: kind["UTTypeTagSpecification"]["public.filename-extension"] for kind in macos.TYPES
    }
    assert {*declared, "public.json"} <= kinds
    linux = (PACKAGING / "linux/chatdesk.mime.xml").read_text("utf-8")
    endings = {pattern.rpartition(".")[2] for pattern in re.findall(r'glob pattern="([^"]+)"', linux)}
    assert endings == {"gguf", "json", "md"}
    assert endings - {"json"} <= {ending for group in declared.values() for ending in group}
    assert endings <= windows_endings()


def test_windows_and_linux_offer_chatdesk_for_the_same_documents_and_pictures() -> None:
    attached = {Path(f"file.{ending}") for ending in windows_endings() - {"gguf"}}
    assert all(by_name(path).use in {Use.TEXT, Use.PICTURE} for path in attached)
    pictures = {path for path in attached if by_name(path).use is Use.PICTURE}
    assert {path.suffix for path in pictures} == PICTURE_ENDINGS - {".heic", ".heif"}  # only macOS reads them
    documents = {type_by_name(path.name).media_type for path in attached - pictures}
    entry = (PACKAGING / "linux/chatdesk.desktop").read_text("utf-8")
    kinds = set(re.findall(r"^MimeType=(.*);$", entry, re.MULTILINE)[0].split(";"))
    assert {kind for kind in kinds if not kind.startswith("application/x-chatdesk")} == {
        "application/x-gguf",
        *documents,
        *MEDIA_TYPES.values(),
        "image/bmp",
        "image/tiff",
    }


def test_chatdesk_never_becomes_the_default_program_for_files_of_others() -> None:
    assert {document["LSHandlerRank"] for document in macos.DOCUMENTS} == {"Alternate"}
    script = (PACKAGING / "windows/chatdesk.iss").read_text("utf-8")
    assert re.findall(r'Subkey: "Software\\Classes\\(\.\w+[^"]*)"', script) == [".gguf\\OpenWithProgids"]
    for name in ("packages.py", "install.sh"):
        assert "xdg-mime" not in (PACKAGING / "linux" / name).read_text("utf-8")


def test_the_oldest_macos_is_that_of_the_wheels() -> None:
    """tests/data/wheels is of the wheels for this version, and a new one may want a newer macOS."""
    assert f"macosx_{macos.OLDEST_MACOS.replace('.', '_')}_universal2" in (ROOT / "tests/data/README.md").read_text(
        "utf-8"
    )
    locked = re.search(r"^pyside6-essentials==(\S+)", (ROOT / "requirements/run.txt").read_text("utf-8"), re.MULTILINE)
    assert locked
    assert f"PySide6 {locked[1]}" in (ROOT / "tests/data/README.md").read_text("utf-8")


def test_the_program_may_do_no_more_than_python_needs() -> None:
    assert plistlib.loads(plistlib.dumps(macos.ENTITLEMENTS)) == {
        "com.apple.security.cs.allow-unsigned-executable-memory": True
    }


def test_the_web_engine_brings_the_entitlements_of_its_process() -> None:
    helper = "PySide6/Qt/lib/QtWebEngineCore.framework/Versions/A/Helpers/QtWebEngineProcess.app"
    assert f"{helper}/{macos.ENTITLEMENTS_OF_THE_WEB_ENGINE}" in wheel("macos")


def test_the_spec_can_be_read_and_names_modules_that_are_there() -> None:
    tree = ast.parse((PACKAGING / "bundle/chatdesk.spec").read_text("utf-8"))
    names = {node.module for node in tree.body if isinstance(node, ast.ImportFrom)} | {"product"}
    for name in ("contents", "icons", "program_files", "property_lists", "product"):
        assert name in names
        assert list(PACKAGING.rglob(f"{name}.py"))
