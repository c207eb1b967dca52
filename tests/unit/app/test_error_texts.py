"""The command line's words for errors."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from chatdesk.app.console.error_texts import ENDINGS, describe
from chatdesk.app.console.texts import ConsoleTexts
from chatdesk.app.exit_code import ExitCode
from chatdesk.kernel.errors import (
    application_errors,
    attachment_errors,
    engine_errors,
    keyring_errors,
    preset_errors,
    storage_errors,
    translation_errors,
)
from chatdesk.kernel.errors import (
    base as cloud_errors,
)
from chatdesk.kernel.errors import base as errors
from chatdesk.kernel.errors import (
    model_errors as model_management_errors,
)
from chatdesk.kernel.errors import (
    model_errors as pull_errors,
)
from chatdesk.ui_kit.errors.errors import wording_of
from tests.architecture.sources import ROOT

EVERY_KIND = [
    kind
    for module in (
        errors,
        engine_errors,
        cloud_errors,
        keyring_errors,
        storage_errors,
        application_errors,
        attachment_errors,
        preset_errors,
        model_management_errors,
        pull_errors,
        translation_errors,
    )
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, errors.ChatdeskError) and kind.__module__ == module.__name__
]
ENGLISH = ConsoleTexts(lambda: "en", Path("nowhere"))


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.__name__)
def test_every_error_has_a_name_an_exit_code_and_a_sentence_that_fits_it(kind: type[errors.ChatdeskError]) -> None:
    error = kind(**{field.name: 3 if field.type in {"float", "int", float, int} else "{x}" for field in fields(kind)})
    problem = describe(error, ENGLISH)
    assert problem.code is not ExitCode.ANSWERED
    assert problem.name
    assert problem.sentence


def test_no_error_of_a_server_or_the_engine_is_told_by_its_parent_alone() -> None:
    specific = [kind for kind in EVERY_KIND if issubclass(kind, errors.ServerError | engine_errors.EngineError)]
    general = {wording_of(parent()).sentence for parent in (errors.ServerError, errors.ChatdeskError)}
    unworded = [kind.__name__ for kind in specific if wording_of(kind()).sentence in general]
    assert set(unworded) <= {"ServerError"}


def test_what_a_server_says_is_one_line_of_bounded_length() -> None:
    error = errors.RequestRefused("Server", status=400, detail="a\nb\r\n" + "x" * 5_000)
    detail = describe(error, ENGLISH).detail
    assert detail.startswith("a b xx")
    assert len(detail) == 1_000


def test_an_error_about_a_file_names_it_once() -> None:
    for error in (
        storage_errors.FolderInPlaceOfFile(path="/home/ann/settings.json"),
        storage_errors.DiskFull(path="/home/ann/settings.json"),
        storage_errors.DatabaseMissing(path="/home/ann/settings.json"),
    ):
        problem = describe(error, ENGLISH)
        assert f"{problem.sentence}\n{problem.detail}".count("/home/ann/settings.json") == 1


def test_every_name_of_an_error_is_documented() -> None:
    page = (ROOT / "docs/command-line.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([a-z_]+)`", page))
    assert {ending.name for ending in ENDINGS.values()} - documented == set()
