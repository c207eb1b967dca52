"""Errors as values and back."""

import subprocess
import sys
from dataclasses import fields
from enum import Enum
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from chatdesk.kernel.errors import base as errors
from chatdesk.kernel.errors.failure import Failure, FailureValue
from chatdesk.kernel.errors.registry import ERROR_TYPES, from_failure
from tests.architecture.sources import ROOT, python_files
from tests.for_all import for_all

SAMPLES: dict[type, object] = {str: "x", int: 3, float: 2.5, bool: True, type(None): None}
ABSURD: tuple[FailureValue, ...] = (
    2**31,
    2**53,
    2**64,
    -1,
    0,
    float("nan"),
    float("inf"),
    True,
    "",
    "x",
    "\udcff",
    None,
)


def sample(kind: type[errors.ChatdeskError], name: str) -> object:
    hint = get_type_hints(kind)[name]
    first = (get_args(hint) or (hint,))[0]
    return next(iter(first)) if issubclass(first, Enum) else SAMPLES[first]


@pytest.mark.parametrize("kind", ERROR_TYPES.values(), ids=lambda kind: kind.__name__)
def test_every_error_survives_being_kept_with_a_message(kind: type[errors.ChatdeskError]) -> None:
    error = kind(**{field.name: sample(kind, field.name) for field in fields(kind)})  # type: ignore[arg-type]
    again = from_failure(errors.to_failure(error))
    assert type(again) is kind
    assert errors.to_failure(again) == errors.to_failure(error)


def test_every_declared_type_of_error_is_listed() -> None:
    declared = set()
    for file in python_files():
        for line in (ROOT / file).read_text("utf-8").splitlines():
            head, _, rest = line.partition("(")
            name = head.removeprefix("class ")
            if head != name and any(base.strip() in ERROR_TYPES for base in rest.rstrip("):").split(",")):
                declared.add(name)
    assert declared <= set(ERROR_TYPES)
    assert len(declared) > 60


def test_the_type_does_not_depend_on_what_was_loaded_before() -> None:
    program = (
        "from chatdesk.kernel.errors.failure import Failure\n"
        "from chatdesk.kernel.errors.registry import from_failure\n"
        "print(type(from_failure(Failure('PullDiskFull', {}))).__name__)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(ROOT))
    assert done.stdout.strip() == "PullDiskFull"


def test_a_kind_of_another_version_becomes_a_failure_of_the_server() -> None:
    error = from_failure(Failure("InventedLater", {"server": "s", "moons": 3}))
    assert isinstance(error, errors.ServerFailed)
    assert error.server == "s"


@for_all(
    [(kind, field.name) for kind in ERROR_TYPES.values() for field in fields(kind)], lambda case: f"{case[0]}.{case[1]}"
)
def test_a_value_of_a_wrong_type_never_comes_back(case: tuple[type[errors.ChatdeskError], str]) -> None:
    kind, name = case
    for value in ABSURD:
        error = from_failure(Failure(kind.__name__, {name: value}))
        got = getattr(error, name, None)
        assert got is None or isinstance(got, get_args(get_type_hints(kind)[name]) or get_type_hints(kind)[name])
        assert not isinstance(got, float) or got - got == 0
