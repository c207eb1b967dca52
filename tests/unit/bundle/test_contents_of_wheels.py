"""What goes into a bundle on the systems that the tests do not run on, from the real files of the wheels for them."""

import importlib.util
import re
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

import pytest

from tests.paths import PACKAGE
from tests.unit.bundle.modules import module
from tests.unit.bundle.wheels import entries, links, wheel

contents = module("contents")

MODULES = frozenset(
    name
    for file in (PACKAGE).rglob("*.py")
    for name in re.findall(r"(?:from|import) PySide6\.(\w+)", file.read_text("utf-8"))
)
"""Those that the program imports."""

QT = {
    "Core",
    "DBus",
    "Gui",
    "Network",
    "OpenGL",
    "Positioning",
    "PrintSupport",
    "Qml",
    "QmlMeta",
    "QmlModels",
    "QmlWorkerScript",
    "Quick",
}
QT |= {"QuickWidgets", "Svg", "WebChannel", "WebEngineCore", "WebEngineWidgets", "Widgets"}
"""What of Qt the program and its web engine link to."""


def included(system: str) -> list[str]:
    """Return the files that go in, with slashes."""
    found = contents.used(entries(system, MODULES), lambda file: links(system, file))
    return sorted(name.replace("\\", "/") for name, _, _ in found)


def below(folder: str, names: list[str]) -> set[str]:
    return {name.removeprefix(folder) for name in names if name.startswith(folder)}


def test_on_windows_the_libraries_that_are_linked_to_go_in_and_no_others() -> None:
    names = included("windows")
    libraries = {name.removeprefix("PySide6/") for name in names if PurePosixPath(name).match("PySide6/*.dll")}
    runtime = {"msvcp140.dll", "msvcp140_1.dll", "msvcp140_2.dll", "vcruntime140.dll", "vcruntime140_1.dll"}
    runtime |= {"vcomp140.dll"}  # the engine's; Qt's makers bring it, too
    assert {name for name in libraries if name.startswith("Qt6")} == {f"Qt6{name}.dll" for name in QT}
    assert libraries - {f"Qt6{name}.dll" for name in QT} == {
        "opengl32sw.dll",
        "pyside6.abi3.dll",
        "pyside6qml.abi3.dll",
        *runtime,
    }
    assert {"PySide6/QtWebEngineProcess.exe", "shiboken6/shiboken6.abi3.dll", "xllamacpp/xllamacpp.pyd"} <= set(names)


def test_on_macos_the_frameworks_that_are_linked_to_go_in_whole_and_no_others() -> None:
    names = included("macos")
    frameworks = {name.split("/")[3].removesuffix(".framework") for name in names if ".framework/" in name}
    assert frameworks == {f"Qt{name}" for name in QT}
    engine = below("PySide6/Qt/lib/QtWebEngineCore.framework/Versions/A/", names)
    assert {
        "QtWebEngineCore",
        "Helpers/QtWebEngineProcess.app/Contents/Info.plist",
        "Helpers/QtWebEngineProcess.app/Contents/MacOS/QtWebEngineProcess",
        "Resources/Info.plist",
        "Resources/icudtl.dat",
        "Resources/qtwebengine_resources.pak",
        "Resources/qtwebengine_locales/zh-CN.pak",
        "Resources/v8_context_snapshot.arm64.bin",
    } <= engine
    assert {"PySide6/libpyside6.abi3.6.11.dylib", "shiboken6/libshiboken6.abi3.6.11.dylib"} <= set(names)
    assert "xllamacpp/xllamacpp.abi3.so" in names


@pytest.mark.parametrize(
    ("system", "plugins"),
    [
        (
            "windows",
            {
                "platforms/qwindows.dll",
                "platforms/qoffscreen.dll",
                "iconengines/qsvgicon.dll",
                "imageformats/qwebp.dll",
            },
        ),
        (
            "macos",
            {
                "platforms/libqcocoa.dylib",
                "platforms/libqoffscreen.dylib",
                "styles/libqmacstyle.dylib",
                "imageformats/libqsvg.dylib",
            },
        ),
    ],
)
def test_plugins_for_what_chatdesk_does_go_in_and_those_for_the_rest_stay_out(system: str, plugins: set[str]) -> None:
    names = included(system)
    found = below("PySide6/plugins/" if system == "windows" else "PySide6/Qt/plugins/", names)
    assert plugins <= found
    formats = {PurePosixPath(name).stem.removeprefix("lib") for name in found if name.startswith("imageformats/")}
    assert formats == {"qgif", "qico", "qjpeg", "qsvg", "qwebp"}
    assert not {name.partition("/")[0] for name in found} & {"generic", "networkinformation", "position", "qmltooling"}


@pytest.mark.parametrize("system", ["windows", "macos"])
def test_words_go_in_for_the_languages_chatdesk_speaks(system: str) -> None:
    names = included(system)
    translations = {PurePosixPath(name).name for name in names if name.endswith(".qm")}
    assert translations == {"qt_zh_CN.qm", "qtbase_zh_CN.qm", "qt_zh_TW.qm", "qtbase_zh_TW.qm"}
    assert {PurePosixPath(name).stem for name in names if "qtwebengine_locales" in name} == {
        "en-GB",
        "en-US",
        "zh-CN",
        "zh-TW",
    }


@pytest.mark.parametrize("system", ["windows", "macos"])
def test_every_library_of_the_wheels_that_something_links_to_goes_in(system: str) -> None:
    names = included(system)
    held = {PurePosixPath(name).name.lower() for name in names}
    linked = {link.lower() for name in names for link in wheel(system)[name][1]}
    assert linked - held <= {"python3.dll"}  # Python's own


@pytest.mark.parametrize("system", ["windows", "macos"])
def test_nothing_goes_in_for_developers_of_the_web_engine(system: str) -> None:
    assert [name for name in included(system) if "devtools" in name or ".debug." in name] == []


def test_a_framework_that_is_not_used_leaves_no_link_behind() -> None:
    inside = "PySide6/Qt/lib/QtCharts.framework"
    found = contents.used(
        [
            ("QtCharts", f"{inside}/Versions/A/QtCharts", "SYMLINK"),
            (f"{inside}/QtCharts", "Versions/Current/QtCharts", "SYMLINK"),
            (f"{inside}/Versions/Current", "A", "SYMLINK"),
            (f"{inside}/Versions/A/QtCharts", "/s/QtCharts", "BINARY"),
            (f"{inside}/Versions/A/Resources/Info.plist", "/s/Info.plist", "DATA"),
            ("Python.framework/Versions/3.13/Python", "/s/Python", "BINARY"),
            ("Python", "Python.framework/Versions/3.13/Python", "SYMLINK"),
        ],
        lambda _file: (),
    )
    assert [name for name, _, _ in found] == ["Python.framework/Versions/3.13/Python", "Python"]


def test_every_name_that_is_left_out_is_a_file_of_some_system() -> None:
    """Else a new version of Qt has renamed it, and the file goes in unseen."""
    spec = importlib.util.find_spec("PySide6")
    assert spec
    assert spec.origin
    installed = Path(spec.origin).parents[1]
    packages = (installed / "PySide6", installed / "selectolax")
    linux = (path.relative_to(installed).as_posix() for package in packages for path in package.rglob("*"))
    names = [*wheel("windows"), *wheel("macos"), *linux]
    names += ["PySide6/qml/", "python3.11/lib-dynload/_testcapi.cpython-311-x86_64-linux-gnu.so", "DLLs/_testcapi.pyd"]
    names += [f"lib-dynload/{name}.so" for name in ("_ctypes_test", "_xxtestfuzz", "xxlimited")]
    unknown = [
        pattern
        for pattern in contents.LEFT_OUT
        if not any(fnmatchcase(f"/{name}", pattern) or fnmatchcase(name, pattern) for name in names)
    ]
    assert unknown == []


def test_the_runtime_of_the_engine_goes_to_the_top_once() -> None:
    files = [
        "../../msvcp140.dll",
        "../../vcomp140.dll",
        "../../vcamp140.dll",
        "../../Scripts/msvcp140.dll",
        "../../Scripts/vcomp140.dll",
        "../../Scripts/vcruntime140.dll",
        "..\\..\\Scripts\\vcruntime140_1.dll",
        "msvc_runtime.cp313-win_amd64.pyd",
        "msvc_runtime-14.51.36231.dist-info/METADATA",
    ]
    assert contents.runtime_libraries(files) == [
        "../../msvcp140.dll",
        "../../vcomp140.dll",
        "../../Scripts/vcruntime140.dll",
        "..\\..\\Scripts\\vcruntime140_1.dll",
    ]
    engine = {name.lower() for name in links("windows", "xllamacpp/xllamacpp.pyd")} - {"python3.dll"}
    assert all(any(fnmatchcase(name, pattern) for pattern in contents.RUNTIME) for name in engine)
