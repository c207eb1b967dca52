"""What macOS wants to know of the program: Info.plist and the entitlements of its signatures. Written out when a bundle is made.

Not run on macOS so far. Read against Apple's "Information Property List" and "Hardened Runtime".
"""

from __future__ import annotations

from typing import Any

import product  # noqa: F401 - makes the program importable

from chatdesk.kernel.languages import LANGUAGES

OLDEST_MACOS = "13.0"
"""By the tags of the locked wheels of PySide6 and the engine (`macosx_13_0`); a test looks."""

ENTITLEMENTS = {
    # Python's ctypes makes small functions at run time; without this, importing it ends the program (PyInstaller issue 4629).
    "com.apple.security.cs.allow-unsigned-executable-memory": True,
}
"""Of the program. All libraries in it have its own signature, so their check stays on. It asks for no camera and sends no Apple events."""

ENTITLEMENTS_OF_THE_WEB_ENGINE = "Contents/Resources/QtWebEngineProcess.entitlements"
"""Of the web engine's process, inside its own small application, as Qt's makers ship them: it compiles JavaScript while it runs."""


DOCUMENTS = [
    {
        "CFBundleTypeName": "Language model in GGUF format",
        "CFBundleTypeRole": "Viewer",
        "LSHandlerRank": "Alternate",
        "LSItemContentTypes": ["io.github.ggml-org.gguf"],
    },
    {
        # macOS looks at the last ending only: a chat is JSON to it, a preset Markdown.
        "CFBundleTypeName": "Chat or preset of Chatdesk",
        "CFBundleTypeRole": "Viewer",
        "LSHandlerRank": "Alternate",  # offered under "Open with", behind every editor
        "LSItemContentTypes": ["public.json", "net.daringfireball.markdown"],
    },
    {
        "CFBundleTypeName": "Document",
        "CFBundleTypeRole": "Viewer",
        "LSHandlerRank": "Alternate",
        "LSItemContentTypes": [
            "com.adobe.pdf",
            "org.openxmlformats.wordprocessingml.document",
            "org.openxmlformats.presentationml.presentation",
            "org.openxmlformats.spreadsheetml.sheet",
            "com.microsoft.excel.xls",
            "org.oasis-open.opendocument.text",
            "org.oasis-open.opendocument.presentation",
            "org.oasis-open.opendocument.spreadsheet",
            "org.idpf.epub-container",
            "public.rtf",
            "public.html",
            "public.xml",
            "public.comma-separated-values-text",
            "public.tab-separated-values-text",
            "public.plain-text",
            "com.apple.mail.email",
        ],
    },
    {
        "CFBundleTypeName": "Picture",
        "CFBundleTypeRole": "Viewer",
        "LSHandlerRank": "Alternate",
        "LSItemContentTypes": [
            "public.png",
            "public.jpeg",
            "com.compuserve.gif",
            "org.webmproject.webp",
            "public.tiff",
            "com.microsoft.bmp",
            "public.heic",
        ],
    },
]
"""What can be opened; app/file_events.py takes it. What a file is, is looked at again when it is opened."""

TYPES = [
    {
        "UTTypeIdentifier": "io.github.ggml-org.gguf",
        "UTTypeDescription": "Language model in GGUF format",
        "UTTypeConformsTo": ["public.data"],
        "UTTypeTagSpecification": {"public.filename-extension": ["gguf"]},
    },
    {
        "UTTypeIdentifier": "net.daringfireball.markdown",
        "UTTypeDescription": "Markdown text",
        "UTTypeConformsTo": ["public.plain-text"],
        "UTTypeTagSpecification": {"public.filename-extension": ["md", "markdown"]},
    },
]
"""Others' kinds of files that macOS may not know."""


def info(identifier: str, version: str, numbers: tuple[int, int, int, int], copyright_line: str) -> dict[str, Any]:
    """Return what goes into Info.plist beside what PyInstaller writes (the names of program, icon and bundle)."""
    return {
        "CFBundleIdentifier": identifier,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": ".".join(map(str, numbers[:3])),  # numbers only
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": [language.apple_code or language.code for language in LANGUAGES],
        "LSApplicationCategoryType": "public.app-category.productivity",
        "LSMinimumSystemVersion": OLDEST_MACOS,
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,  # dark where the system is
        "NSSupportsAutomaticGraphicsSwitching": True,  # the preview alone wakes a second graphics card
        "NSLocalNetworkUsageDescription": "To chat with model servers on your own network, such as Ollama on another computer.",
        "NSHumanReadableCopyright": copyright_line,
        "CFBundleDocumentTypes": DOCUMENTS,
        "UTImportedTypeDeclarations": TYPES,
        # Local models are served over plain HTTP. Apple's network layers are not used: no exception to App Transport Security is needed.
    }
