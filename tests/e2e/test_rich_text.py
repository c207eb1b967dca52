"""What a word processor makes of what is copied: LibreOffice reads the HTML and writes a document (Debian: libreoffice-writer)."""

import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from chatdesk.rendering.markdown import parse
from chatdesk.rendering.rich_text import to_rich_text
from tests.e2e.person import ROOT

pytestmark = pytest.mark.skipif(not shutil.which("soffice"), reason="not installed: libreoffice-writer")

TEXT = """# Heading

1. first
2. second
   - inner

| Name | Count |
|---|--:|
| one | 1 |
| two | 2 |

```python
def f():
    return "x"
```

> quoted

A [link](https://example.org/), and [none](javascript:alert), ![picture](https://tracker.example/a.png), \\( \\frac{a}{b} \\).
"""


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> ET.Element:
    """The content of the OpenDocument text that comes of it."""
    folder = tmp_path_factory.mktemp("office")
    colors = json.loads((ROOT / "resources/themes/tokens.json").read_text("utf-8"))["color"]["light"]["code"]
    html = '<meta charset="utf-8">' + to_rich_text(parse(TEXT), colors)
    (folder / "copied.html").write_text(html, "utf-8")
    profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--infilter=HTML (StarWriter)", "--convert-to", "odt", "copied.html"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(folder / "copied.odt") as file:
        return ET.fromstring(file.read("content.xml"))


def found(document: ET.Element, name: str) -> list[str]:
    """The words of all elements of a name."""
    return ["".join(one.itertext()) for one in document.iter() if one.tag.rpartition("}")[2] == name]


def test_headings_lists_and_tables_are_real(document: ET.Element) -> None:
    assert found(document, "h") == ["Heading"]
    assert [words.strip() for words in found(document, "table-cell")] == ["Name", "Count", "one", "1", "two", "2"]
    assert len(found(document, "table")) == 1
    items = [words.strip() for words in found(document, "list-item")]
    assert items[0] == "first"
    assert "inner" in items


def test_code_keeps_its_lines_and_colours(document: ET.Element) -> None:
    lines = [words for words in found(document, "p") if "def" in words or "return" in words]
    assert [line.strip() for line in lines] == ["def f():", 'return "x"']
    colors = {value for one in document.iter() for key, value in one.attrib.items() if key.endswith("}color")}
    assert "#7a3796" in colors


def test_only_links_that_may_be_opened_are_there_and_no_picture(document: ET.Element) -> None:
    targets = [one.attrib[key] for one in document.iter() for key in one.attrib if key.endswith("}href")]
    assert targets == ["https://example.org/"]
    assert found(document, "image") == []


def test_a_formula_is_its_source(document: ET.Element) -> None:
    assert any("\\frac{a}{b}" in words for words in found(document, "p"))
