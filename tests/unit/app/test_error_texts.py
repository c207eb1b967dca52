"""The wording of every error: complete in the shared table, and rendered by the command line."""

import re
import string
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from chatdesk.app.console.error_texts import ENDINGS, describe
from chatdesk.app.console.texts import ConsoleTexts
from chatdesk.app.exit_code import ExitCode
from chatdesk.kernel.errors import base as errors
from chatdesk.kernel.errors import storage_errors
from chatdesk.kernel.errors.registry import ERROR_TYPES
from chatdesk.ui_kit.errors.wordings import WORDINGS, wording_of
from tests.architecture.sources import ROOT
from tests.for_all import for_all

GENERAL = {errors.ChatdeskError, errors.ServerError}
ENGLISH = ConsoleTexts(lambda: "en", Path("nowhere"))


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> ConsoleTexts:
    """The texts of the command line in Chinese, extracted from the translations."""
    folder = tmp_path_factory.mktemp("translations")
    program = ROOT / "packaging/console_words.py"
    table = folder / "chatdesk_zh_CN.json"
    subprocess.run([sys.executable, program, ROOT / "translations/chatdesk_zh_CN.ts", table], check=True)
    return ConsoleTexts(lambda: "zh_CN", folder)


def sample(kind: type[errors.ChatdeskError]) -> errors.ChatdeskError:
    """An error whose texts have braces and whose numbers are 3."""
    hints = get_type_hints(kind)
    values: dict[str, object] = {}
    for field in fields(kind):
        first = (get_args(hints[field.name]) or (hints[field.name],))[0]
        values[field.name] = 3 if first in {int, float} else "{x}"
    return kind(**values)


@for_all(ERROR_TYPES.values(), lambda kind: kind.__name__)
def test_every_error_has_a_name_an_exit_code_and_a_sentence_that_fits_it(kind: type[errors.ChatdeskError]) -> None:
    problem = describe(sample(kind), ENGLISH)
    assert problem.code is not ExitCode.ANSWERED
    assert problem.name
    assert problem.sentence


@for_all(ERROR_TYPES.values(), lambda kind: kind.__name__)
def test_every_error_has_a_wording_of_its_own_or_of_a_base_class_that_says_what_happened(
    kind: type[errors.ChatdeskError],
) -> None:
    worded = next(each for each in kind.__mro__ if each in WORDINGS)
    assert worded not in GENERAL or kind in GENERAL


@for_all(WORDINGS.items(), lambda row: row[0].__name__)
def test_a_wording_names_only_fields_of_its_error(row: tuple[type[errors.ChatdeskError], object]) -> None:
    kind, wording = row[0], wording_of(row[0])
    names = {
        name
        for text in (wording.sentence, wording.consequence, wording.advice)
        for _, name, _, _ in string.Formatter().parse(text)
        if name
    }
    assert names <= {field.name for field in fields(kind)}


def test_every_error_is_described_in_chinese(chinese: ConsoleTexts) -> None:
    english = [
        kind.__name__
        for kind in ERROR_TYPES.values()
        if describe(sample(kind), chinese).sentence == describe(sample(kind), ENGLISH).sentence
        or not re.search("[\u4e00-\u9fff]", describe(sample(kind), chinese).sentence)
    ]
    assert english == []


def test_every_advice_is_translated(chinese: ConsoleTexts) -> None:
    advice = {wording.advice for wording in WORDINGS.values() if wording.advice}
    assert len(advice) > 10
    assert {text for text in advice if chinese.translated("Console", text, Braces()) == text} == set()


class Braces(dict[str, object]):
    """Leaves every placeholder as it is."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def test_what_a_server_says_is_one_line_of_bounded_length() -> None:
    error = errors.RequestRefused("Server", status=400, detail="a\nb\r\n" + "x" * 5_000)
    detail = describe(error, ENGLISH).detail
    assert detail.startswith("a b xx")
    assert len(detail) == 1_000


def test_an_error_about_a_file_names_it_once() -> None:
    path = "/home/ann/settings.json"
    for error in (
        storage_errors.FolderInPlaceOfFile(path=path),
        storage_errors.DiskFull(path=path),
        storage_errors.DatabaseMissing(path=path),
        storage_errors.FileUnavailable(path=path, reason="Permission denied"),
        storage_errors.FileUnavailable(path=path, reason=f"[Errno 13] Permission denied: '{path}'"),
    ):
        problem = describe(error, ENGLISH)
        assert f"{problem.sentence}\n{problem.detail}".count(path) == 1


def test_the_detail_says_which_file_and_why() -> None:
    error = storage_errors.FileUnavailable(path="/home/ann/settings.json", reason="Permission denied")
    assert describe(error, ENGLISH).lines == (
        "Chatdesk cannot read or write one of its files.\n/home/ann/settings.json: Permission denied\n"
    )


def test_every_name_of_an_error_is_documented() -> None:
    page = (ROOT / "docs/command-line.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([a-z_]+)`", page))
    assert {ending.name for ending in ENDINGS.values()} - documented == set()
