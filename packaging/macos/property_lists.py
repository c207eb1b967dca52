"""What macOS wants to know of the program: Info.plist and the entitlements of its signatures. Written out when a bundle is made.

Not run on macOS so far. Read against Apple's "Information Property List" and "Hardened Runtime".
"""

from __future__ import annotations

from typing import Any

OLDEST_MACOS = "13.0"
"""By the tags of the locked wheels of PySide6 and the engine (`macosx_13_0`); a test looks."""

ENTITLEMENTS = {
    # Python's ctypes makes small functions at run time; without this, importing it ends the program (PyInstaller issue 4629).
    "com.apple.security.cs.allow-unsigned-executable-memory": True,
}
"""Of the program. All libraries in it have its own signature, so their check stays on. It asks for no camera and sends no Apple events."""

ENTITLEMENTS_OF_THE_WEB_ENGINE = "Contents/Resources/QtWebEngineProcess.entitlements"
"""Of the web engine's process, inside its own small application, as Qt's makers ship them: it compiles JavaScript while it runs."""


def info(identifier: str, version: str, numbers: tuple[int, int, int, int], copyright_line: str) -> dict[str, Any]:
    """Return what goes into Info.plist beside what PyInstaller writes (the names of program, icon and bundle)."""
    return {
        "CFBundleIdentifier": identifier,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": ".".join(map(str, numbers[:3])),  # numbers only
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "zh-Hans"],
        "LSApplicationCategoryType": "public.app-category.productivity",
        "LSMinimumSystemVersion": OLDEST_MACOS,
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,  # dark where the system is
        "NSSupportsAutomaticGraphicsSwitching": True,  # the preview alone wakes a second graphics card
        "NSLocalNetworkUsageDescription": "To chat with model servers on your own network, such as Ollama on another computer.",
        "NSHumanReadableCopyright": copyright_line,
        # Place for CFBundleDocumentTypes and UTExportedTypeDeclarations, once the program takes files to open on its command line.
        # Local models are served over plain HTTP. Apple's network layers are not used: no exception to App Transport Security is needed.
    }
