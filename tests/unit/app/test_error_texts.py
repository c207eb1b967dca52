"""The command line's words for errors."""

from dataclasses import fields

import pytest

from chatdesk.app.error_texts import TEXTS, describe
from chatdesk.app.exit_code import ExitCode
from chatdesk.domain import (
    application_errors,
    attachment_errors,
    cloud_errors,
    engine_errors,
    errors,
    keyring_errors,
    model_management_errors,
    pull_errors,
    storage_errors,
)
from chatdesk.domain.presets import preset_errors
from chatdesk.domain.translation import translation_errors

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


def test_every_error_has_words_of_its_own() -> None:
    assert set(TEXTS) == set(EVERY_KIND)


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.__name__)
def test_every_sentence_fits_its_error(kind: type[errors.ChatdeskError]) -> None:
    error = kind(**{field.name: 3 if field.type in {"float", "int", float, int} else "{x}" for field in fields(kind)})
    code, sentence = describe(error)
    assert code is not ExitCode.ANSWERED
    assert sentence
