"""Finding Tesseract and its languages."""

import sys
from pathlib import Path

import pytest

from chatdesk.kernel.documents.text_recognition import Tesseract, languages_to_recognise
from chatdesk.system.tesseract import find_tesseract, languages_in

OUTPUT = """List of available languages in "/usr/share/tesseract-ocr/5/tessdata/" (4):
chi_sim
deu
eng
osd
"""


def test_languages_are_read_from_the_output() -> None:
    assert languages_in(OUTPUT) == ("chi_sim", "deu", "eng", "osd")
    assert languages_in("tesseract: error while loading shared libraries: liblept.so.5") == ()


@pytest.mark.parametrize(
    ("locale", "languages"),
    [
        ("en_GB", ("eng", "chi_sim")),
        ("zh_CN", ("chi_sim", "eng")),
        ("zh_TW", ("eng", "chi_sim")),
        ("de_DE", ("deu", "eng", "chi_sim")),
        ("C", ("eng", "chi_sim")),
    ],
)
def test_the_language_of_the_user_comes_first(locale: str, languages: tuple[str, ...]) -> None:
    assert languages_to_recognise(languages_in(OUTPUT), locale) == languages


def test_other_languages_are_used_if_none_of_the_usual_is_installed() -> None:
    assert languages_to_recognise(["fra", "osd"], "en_GB") == ("fra",)
    assert languages_to_recognise(["osd"], "en_GB") == ()


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_an_installed_program_is_found(tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    assert find_tesseract("en_GB", {"PATH": str(tmp_path)}) is None
    program.write_text(f"#!/bin/sh\n[ \"$1\" = --list-langs ] && cat <<'END'\n{OUTPUT}END\n", "utf-8")
    program.chmod(0o700)
    assert find_tesseract("en_GB", {"PATH": str(tmp_path)}) == Tesseract(str(program), ("eng", "chi_sim"))
