"""A component as a page: React, a compiler for JSX and TypeScript, and the code as a value. What is imported is found by `pages/react.js`.

The compiler keeps every line where it is, so messages of the console name the lines of the code itself.
"""

import re

from chatdesk.features.previews.domain.artifact import Artifact
from chatdesk.features.previews.domain.libraries import Libraries
from chatdesk.features.previews.domain.modules import find_module, imported_names
from chatdesk.features.previews.domain.page import Page, PageWriter, script_name
from chatdesk.features.previews.domain.skeleton import HEAD, LIGHT, script, style, value_script

_COMPONENT = re.compile(r"\b(?:function|const|let|var|class)\s+([A-Z][\w$]*)")
_LIBRARIES = ("react.js", "react-dom.js", "sucrase.js", "pages/report.js", "pages/react.js")


def react_page(artifact: Artifact, libraries: Libraries) -> Page:
    """Return the page of a component and of the files that it imports."""
    words = libraries.words
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
            "missingPackages": words.missing_packages,
            "missingFile": words.missing_file,
            "notCompiled": words.not_compiled,
            "noComponent": words.no_component,
            "failed": words.component_failed,
        },
    }
    writer.write(HEAD + LIGHT + style(libraries.text("pages/failure.css")) + '<body>\n<div id="root"></div>\n')
    writer.write(value_script("data", data))
    for name in _LIBRARIES:
        writer.write(script(libraries.text(name)))
    return writer.page()
