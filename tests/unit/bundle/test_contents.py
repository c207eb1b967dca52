"""What of all that PyInstaller finds goes into the bundle."""

import pytest

from tests.unit.bundle.modules import module

contents = module("contents")

LINKS = {
    "/s/QtWidgets.abi3.so": ["libQt6Widgets.so.6", "libpyside6.abi3.so.6.11", "libstdc++.so.6"],
    "/s/libQt6Widgets.so.6": ["libQt6Gui.so.6"],
    "/s/libQt6Gui.so.6": ["libicudata.so.73"],
    "/s/libQt6Charts.so.6": ["libQt6Widgets.so.6"],
    "/s/libqxcb.so": ["libxcb-cursor.so.0", "libxcb.so.1"],
}


def binary(name: str) -> tuple[str, str, str]:
    return name, "/s/" + name.rpartition("/")[2], "BINARY"


def names(*entries: tuple[str, str, str]) -> list[str]:
    return sorted(name for name, _, _ in contents.used(entries, lambda file: LINKS.get(file, ())))


def test_a_library_stays_only_while_something_links_to_it() -> None:
    found = names(
        ("PySide6/QtWidgets.abi3.so", "/s/QtWidgets.abi3.so", "EXTENSION"),
        binary("PySide6/Qt/lib/libQt6Widgets.so.6"),
        binary("PySide6/Qt/lib/libQt6Gui.so.6"),
        binary("PySide6/Qt/lib/libicudata.so.73"),
        binary("PySide6/Qt/lib/libQt6Charts.so.6"),
        ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK"),
        ("libQt6Charts.so.6", "PySide6/Qt/lib/libQt6Charts.so.6", "SYMLINK"),
    )
    assert found == [
        "PySide6/Qt/lib/libQt6Gui.so.6",
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6/Qt/lib/libicudata.so.73",
        "PySide6/QtWidgets.abi3.so",
        "libQt6Gui.so.6",
    ]


def test_what_the_desktop_has_is_not_brought_along() -> None:
    xcb = binary("PySide6/Qt/plugins/platforms/libqxcb.so")
    found = names(xcb, binary("libxcb.so.1"), binary("libxcb-cursor.so.0"), binary("libstdc++.so.6"))
    assert found == ["PySide6/Qt/plugins/platforms/libqxcb.so", "libxcb-cursor.so.0"]


def test_python_stays_although_nothing_links_to_it() -> None:
    assert names(binary("libpython3.11.so.1.0"), binary("python311.dll")) == ["libpython3.11.so.1.0", "python311.dll"]


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/qml/QtQuick/libqtquick2plugin.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/translations/qtwebengine_locales/de.pak",
        "PySide6/translations/qtwebengine_locales/de.pak",
        "PySide6/Qt/resources/qtwebengine_devtools_resources.pak",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/plugins/imageformats/qtiff.dll",
        "python3.11/lib-dynload/_testcapi.cpython-311-x86_64-linux-gnu.so",
    ],
)
def test_what_is_not_used_stays_out(name: str) -> None:
    assert names(binary(name)) == []


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "PySide6/Qt/translations/qtwebengine_locales/zh-CN.pak",
        "PySide6/Qt/translations/qtwebengine_locales/en-US.pak",
        "PySide6/Qt/libexec/QtWebEngineProcess",
        "PySide6/Qt/resources/qtwebengine_resources.pak",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/imageformats/libqwebp.so",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "xllamacpp/xllamacpp.abi3.so",
        "resources/providers.toml",
    ],
)
def test_what_is_used_stays(name: str) -> None:
    assert names(binary(name)) == [name]
