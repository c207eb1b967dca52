"""What a word processor and a spreadsheet make of what is copied: LibreOffice reads the HTML and writes documents.

`dev.py test` installs it, on Debian and Ubuntu, without its windows.
"""

import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtGui import QGuiApplication

from chatdesk.features.chat.services.request.formulas import FormulaKey
from chatdesk.features.chat.ui.transcript.page.selection.clipboard import FormulaImages
from chatdesk.rendering.export.html import to_rich_text
from chatdesk.rendering.formulas.typeset.setter import FormulaSetter
from chatdesk.rendering.formulas.typeset.typeset_formula import SetFormula
from chatdesk.rendering.markdown.markdown import parse
from tests.e2e.person import ROOT
from tests.own_time import PROCESS_TIMEOUT

pytestmark = pytest.mark.skipif(not shutil.which("soffice"), reason="not installed: LibreOffice")

TEXT = """# Heading

1. first
2. second
   - inner

| Name | Count |
|---|--:|
| one | 1 |
| two | 2.5 |

```python
def f():
    return "x"
```

> quoted

A [link](https://example.org/), and [none](javascript:alert), ![picture](https://tracker.example/a.png).

\\( \\frac{a}{b} \\), \\( \\frac{c}{d} \\).
"""


class OneFormula:
    """Has set one of the two."""

    def cached(self, key: FormulaKey) -> SetFormula | None:
        return FormulaSetter().set(key.latex, displayed=key.displayed) if "{a}" in key.latex else None

    def request(self, key: FormulaKey) -> None:
        raise AssertionError(f"nothing more is set for a paste: {key}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, qapp: QGuiApplication) -> Path:  # fonts, to draw with
    """A folder with what was copied as a file, `copied.html`."""
    folder = tmp_path_factory.mktemp("office")
    colors = json.loads((ROOT / "resources/themes/tokens.json").read_text("utf-8"))["color"]["light"]["code"]
    html = '<meta charset="utf-8">' + to_rich_text(parse(TEXT), colors, FormulaImages(OneFormula()).html)
    (folder / "copied.html").write_text(html, "utf-8")
    return folder


@pytest.fixture(scope="module")
def document(folder: Path) -> ET.Element:
    """The content of the OpenDocument text that comes of it."""
    return convert(folder, "HTML (StarWriter)", "odt")


@pytest.fixture(scope="module")
def sheet(folder: Path) -> ET.Element:
    """The content of the spreadsheet that comes of it."""
    return convert(folder, "calc_HTML_WebQuery", "ods")


def convert(folder: Path, filter_name: str, form: str) -> ET.Element:
    """Let LibreOffice read the file as this filter does, and return the content of what it writes."""
    profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, f"--infilter={filter_name}", "--convert-to", form, "copied.html"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=PROCESS_TIMEOUT)
    with zipfile.ZipFile(folder / f"copied.{form}") as file:
        return ET.fromstring(file.read("content.xml"))


def found(document: ET.Element, name: str) -> list[str]:
    """The words of all elements of a name."""
    return ["".join(one.itertext()) for one in document.iter() if one.tag.rpartition("}")[2] == name]


def test_headings_lists_and_tables_are_real(document: ET.Element) -> None:
    assert found(document, "h") == ["Heading"]
    assert [words.strip() for words in found(document, "table-cell")] == ["Name", "Count", "one", "1", "two", "2.5"]
    assert len(found(document, "table")) == 1
    items = [words.strip() for words in found(document, "list-item")]
    assert items[0] == "first"
    assert "inner" in items


def test_code_keeps_its_lines_and_colours(document: ET.Element) -> None:
    lines = [words for words in found(document, "p") if "def" in words or "return" in words]
    assert [line.strip() for line in lines] == ["def f():", 'return "x"']
    colors = {value for one in document.iter() for key, value in one.attrib.items() if key.endswith("}color")}
    assert "#7a3796" in colors


def test_only_links_that_may_be_opened_are_there_and_no_picture_from_elsewhere(document: ET.Element) -> None:
    targets = [one.attrib[key] for one in document.iter() for key in one.attrib if key.endswith("}href")]
    assert [target for target in targets if not target.startswith("Pictures/")] == ["https://example.org/"]
    assert len(found(document, "image")) == 1


def test_a_formula_that_is_set_is_a_picture_with_its_latex_and_any_other_its_source(document: ET.Element) -> None:
    assert found(document, "title") + found(document, "desc") == ["\\frac{a}{b}"]
    assert any("\\frac{c}{d}" in words for words in found(document, "p"))


def test_a_table_is_cells_of_a_spreadsheet_and_its_numbers_are_numbers(sheet: ET.Element) -> None:
    rows = [found(row, "table-cell") for row in sheet.iter() if row.tag.endswith("}table-row")]
    start = rows.index(["Name", "Count"])
    assert rows[start + 1 : start + 3] == [["one", "1"], ["two", "2.5"]]
    numbers = {value for one in sheet.iter() for key, value in one.attrib.items() if key.endswith("office:1.0}value")}
    assert numbers == {"1", "2.5"}
