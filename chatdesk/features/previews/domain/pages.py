"""The page of an artifact: selects the builder for its kind, and builds the simple pages around the code."""

import re
from collections.abc import Mapping
from typing import assert_never

from chatdesk.features.previews.domain.artifact import Artifact, ArtifactKind
from chatdesk.features.previews.domain.data_page import data_page
from chatdesk.features.previews.domain.joined_page import joined_page
from chatdesk.features.previews.domain.libraries import Libraries
from chatdesk.features.previews.domain.modules import find_module, imported_names, is_module
from chatdesk.features.previews.domain.page import Page, PageWriter, script_name
from chatdesk.features.previews.domain.skeleton import (
    HEAD,
    LIGHT,
    LIGHT_AND_DARK,
    data_address,
    script,
    style,
    value_script,
)

_COMPONENT = re.compile(r"\b(?:function|const|let|var|class)\s+([A-Z][\w$]*)")
_LIBRARIES = ("react.js", "react-dom.js", "sucrase.js", "pages/report.js", "pages/react.js")


def react_page(artifact: Artifact, libraries: Libraries) -> Page:
    """Return the page of a React component and the files that it imports: React, a compiler for JSX and TypeScript, and the code as data.

    `pages/react.js` resolves the imports. The compiler keeps all lines in place, so console messages refer to lines of the original code.
    """
    texts = libraries.texts
    names = [file.name for file in artifact.files]
    writer = PageWriter()
    files = []
    for file in artifact.files:
        is_style = file.name.lower().endswith(".css")
        found = {} if is_style else {name: find_module(name, names) for name in imported_names(file.text)}
        files.append(
            {
                "name": script_name(file.name),
                "text": file.text,
                "style": is_style,
                "imports": {name: index for name, index in found.items() if index is not None},
            }
        )
        writer.add_script(file.name, "" if is_style else file.text)
    components = list(dict.fromkeys(_COMPONENT.findall(artifact.main.text)))
    data = {
        "files": files,
        "components": (["App"] if "App" in components else []) + components[::-1],
        "words": {
            "missingPackages": texts.missing_packages,
            "missingFile": texts.missing_file,
            "notCompiled": texts.not_compiled,
            "noComponent": texts.no_component,
            "failed": texts.component_failed,
        },
    }
    writer.write(HEAD + LIGHT + style(libraries.text("pages/failure.css")) + '<body>\n<div id="root"></div>\n')
    writer.write(value_script("data", data))
    for name in _LIBRARIES:
        writer.write(script(libraries.text(name)))
    return writer.page()


_SVG = re.compile(r"<svg[\s>]", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_UNSAFE_SCRIPT = re.compile(r"</script|<!--|<script", re.IGNORECASE)


def page_of(artifact: Artifact, libraries: Libraries) -> Page:
    """Return the page for an artifact. Raises OSError if a file of the program is missing.

    Reads up to 4 MB from disk and may take a second for megabytes of code, so it must not be called on the UI thread.
    """
    match artifact.kind:
        case ArtifactKind.HTML:
            return joined_page(artifact)
        case ArtifactKind.SVG:
            return _svg_page(artifact, libraries)
        case ArtifactKind.MARKDOWN:
            return _markdown_page(artifact, libraries)
        case ArtifactKind.MERMAID:
            return _diagram_page(artifact, libraries, "mermaid")
        case ArtifactKind.GRAPHVIZ:
            return _diagram_page(artifact, libraries, "graphviz")
        case ArtifactKind.JSON | ArtifactKind.CSV:
            return data_page(artifact, libraries)
        case ArtifactKind.JAVASCRIPT:
            return _script_page(artifact, libraries)
        case ArtifactKind.REACT:
            return react_page(artifact, libraries)
        case _:
            assert_never(artifact.kind)


def _svg_page(artifact: Artifact, libraries: Libraries) -> Page:
    """Return an SVG image embedded in an HTML document.

    Its scripts and animations then run in the same sandbox as those of any page, it can be scaled to the view, and markup that is not
    well-formed XML (such as a bare `&`) is still drawn. Served directly, such markup would show only an error.
    """
    file = artifact.main
    start = _svg_start(file.text)
    writer = PageWriter()
    writer.write(HEAD + style(libraries.text("pages/svg.css")) + "<body>\n")
    writer.write_file(file.name, file.text, start)
    writer.write("\n" + script(libraries.text("pages/svg.js")))
    return writer.page()


def _svg_start(text: str) -> int:
    """Return the position of the SVG element, after declarations that only XML has."""
    position = 0
    while found := _SVG.search(text, position):
        opened = text.rfind("<!--", position, found.start())
        comment = _COMMENT.match(text, opened) if opened >= 0 else None
        if not comment or comment.end() <= found.start():
            return found.start()
        position = comment.end()
    return 0


def _markdown_page(artifact: Artifact, libraries: Libraries) -> Page:
    writer = PageWriter()
    writer.write(HEAD + style(libraries.text("pages/markdown.css")))
    writer.write(f"<article>\n{libraries.markdown(artifact.main.text)}\n</article>\n")
    return writer.page()


MAX_PICTURE_PIXELS = 4_000_000
_DIAGRAM_LIBRARIES = {ArtifactKind.MERMAID: "mermaid", ArtifactKind.GRAPHVIZ: "graphviz"}


def picture_page(artifact: Artifact, libraries: Libraries, *, dark: bool, scale: float) -> Page:
    """Return a page that turns a diagram into a PNG with `scale` pixels for each of its own. Raises OSError, as `page_of` does."""
    options = {"dark": dark, "scale": scale, "pixels": MAX_PICTURE_PIXELS}
    return _diagram_page(artifact, libraries, _DIAGRAM_LIBRARIES[artifact.kind], options)


def _diagram_page(
    artifact: Artifact, libraries: Libraries, name: str, picture: Mapping[str, object] | None = None
) -> Page:
    file = artifact.main
    writer = PageWriter()
    writer.write(HEAD + style(libraries.text("pages/diagram.css")) + '<body>\n<main id="diagram"></main>\n')
    data = {
        "source": file.text,
        "file": script_name(file.name),
        "failure": libraries.texts.no_diagram,
        "colors": libraries.colors,
        "picture": picture,
    }
    writer.write(value_script("data", data) + script(libraries.text("pages/report.js")))
    if picture:
        writer.write(script(libraries.text("pages/picture.js")))
    writer.write(script(libraries.text(f"{name}.js")) + script(libraries.text(f"pages/{name}.js")))
    writer.add_script(file.name)
    return writer.page()


def _script_page(artifact: Artifact, libraries: Libraries) -> Page:
    file = artifact.main
    writer = PageWriter()
    # The hint disappears when the script shows something (pages/script.css).
    hint = libraries.texts.console_hint.replace("&", "&amp;").replace("<", "&lt;")
    writer.write(HEAD + LIGHT_AND_DARK + style(libraries.text("pages/script.css")))
    writer.write(f'<body>\n<p class="chatdesk-hint">{hint}</p>\n')
    kind = ' type="module"' if is_module(file.text) else ""
    if _UNSAFE_SCRIPT.search(file.text):
        writer.add_script(file.name, file.text)
        address = data_address(f"{file.text}\n//# sourceURL={script_name(file.name)}")
        writer.write(f'<script{kind} src="{address}"></script>')
    else:
        writer.write(f"<script{kind}>")
        writer.write_fresh_file(file.name, file.text)
        writer.write("</script>")
    return writer.page()
