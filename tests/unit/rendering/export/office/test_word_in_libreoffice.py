"""Word files in LibreOffice: each sample is opened, and its pages say what it says."""

import os
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from chatdesk.rendering.markdown.markdown import parse
from chatdesk.system.libreoffice import find_libreoffice
from tests.formula_corpus import SET, read
from tests.own_time import PROCESS_TIMEOUT
from tests.unit.rendering.export.office.test_word_document import characters
from tests.unit.rendering.export.office.word_samples import CORPUS, said, word_of

OFFICE = find_libreoffice()
HAS_EQUATIONS = OFFICE is not None and (Path(OFFICE).resolve().parent / "libsmlo.so").exists()
"""Whether LibreOffice's program for formulas is installed, too."""
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")

TEXTS = ("notes", "tables", "html", "answer", "nesting", "marks first", "tasks", "forbidden", "pictures")
"""The samples whose text can be read in the PDF: Arabic is in the order in which it is drawn there, and footnotes end pages."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all samples and what LibreOffice makes of them."""
    folder = tmp_path_factory.mktemp("office")
    for name, text in CORPUS.items():
        (folder / f"{name}.docx").write_bytes(word_of(text))
    formulas = "\n\n".join(f"${each.latex}$" for each in read(SET) if not _is_unknown(each.latex))
    (folder / "formulas.docx").write_bytes(word_of(formulas))
    (folder / "words.docx").write_bytes(word_of(r"$$x = 1 \tag{7}$$" + "\n\n" + r"$$y \text{ if [both]}$$"))
    _convert(folder, *folder.glob("*.docx"))
    return folder


def _is_unknown(latex: str) -> bool:
    return any(name in latex for name in (r"\big", r"\longdiv", "{longdiv}", r"=\!=", "CD}", "xlongequal"))


def _convert(folder: Path, *files: Path) -> None:
    command = [
        str(OFFICE),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    environment = {**os.environ, "HOME": str(folder)}
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, files)],
        check=True,
        timeout=PROCESS_TIMEOUT,
        capture_output=True,
        env=environment,
    )


def _text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return "".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("name", CORPUS)
def test_each_sample_becomes_pages(folder: Path, name: str) -> None:
    assert len(pypdfium2.PdfDocument(folder / f"{name}.pdf")) >= 1


@pytest.mark.parametrize("name", TEXTS)
def test_the_pages_say_all_that_the_text_says(folder: Path, name: str) -> None:
    missing = characters("".join(said(parse(CORPUS[name])))) - characters(_text(folder / f"{name}.pdf"))
    assert missing.keys() <= {"\u200b"}  # has no width


@pytest.mark.skipif(not HAS_EQUATIONS, reason="LibreOffice's formulas are not installed")
def test_no_formula_of_the_corpus_is_incomplete_for_libreoffice(folder: Path) -> None:
    """It marks the place of a missing operand, as it sees it, with an inverted question mark.

    It has no large signs but sums, products and integrals, and no division sign.
    """
    assert "¿" not in _text(folder / "formulas.pdf")


@pytest.mark.skipif(not HAS_EQUATIONS, reason="LibreOffice's formulas are not installed")
def test_words_and_numbers_of_formulas_have_their_parentheses_and_no_backslashes(folder: Path) -> None:
    text = _text(folder / "words.pdf").replace(" ", "")
    assert "(7)" in text
    assert "if[both]" in text
    assert "\\" not in text
