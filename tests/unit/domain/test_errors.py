"""Errors as values and back."""

from dataclasses import fields

import pytest

from chatdesk.domain import errors
from chatdesk.domain.failure import Failure

EVERY_KIND = sorted(
    (kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.ChatdeskError)),
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.__name__)
def test_every_error_survives_being_kept_with_a_message(kind: type[errors.ChatdeskError]) -> None:
    error = kind(**{field.name: "x" for field in fields(kind)})
    again = errors.from_failure(errors.to_failure(error))
    assert type(again) is kind
    assert errors.to_failure(again) == errors.to_failure(error)


def test_a_kind_of_another_version_becomes_a_failure_of_the_server() -> None:
    error = errors.from_failure(Failure("InventedLater", {"server": "s", "moons": 3}))
    assert isinstance(error, errors.ServerFailed)
    assert error.server == "s"


def test_errors_can_be_hashed_and_printed() -> None:
    error = errors.ModelNotFound("Ollama", "http://x", "m")
    assert hash(error)
    assert "model='m'" in str(error)
