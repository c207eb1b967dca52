"""How versions compare, and that the two addresses stand in one place."""

import tomllib
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.updates.domain.updates import (
    NEWEST_VERSION_AT,
    RELEASES_PAGE,
    ReleaseSource,
    is_newer,
    version_in,
)
from tests.paths import ROOT

NUMBERS = st.lists(st.integers(0, 999_999), min_size=1, max_size=4)


def written(numbers: list[int]) -> str:
    return ".".join(map(str, numbers))


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("1.2.3", "1.2.3"),
        ("v1.2", "1.2"),
        (" v10 ", "10"),
        ("", ""),
        ("1.2.3-beta", ""),
        ("latest", ""),
        ("1..2", ""),
        ("１.２", ""),
        ("1.2.3.4.5", ""),
        ("9" * 7, ""),
    ],
)
def test_a_version_is_plain_numbers(text: str, version: str) -> None:
    assert version_in(text) == version


@pytest.mark.parametrize(
    ("version", "than", "newer"),
    [
        ("0.2.0", "0.1.9", True),
        ("0.10.0", "0.9.0", True),
        ("1.0", "1.0.0", False),
        ("1.0.0.1", "1", True),
        ("0.1.0", "0.2.0", False),
        ("nonsense", "0.1.0", False),
        ("0.3.0", "0.2.0.dev1", False),
    ],
)
def test_versions_compare_by_their_numbers(version: str, than: str, newer: bool) -> None:
    assert is_newer(version, than) is newer


@given(NUMBERS, NUMBERS)
def test_one_of_two_versions_is_newer_or_both_are_the_same(one: list[int], other: list[int]) -> None:
    same = (one + [0] * 4)[:4] == (other + [0] * 4)[:4]
    assert is_newer(written(one), written(other)) + is_newer(written(other), written(one)) == (not same)


def test_the_addresses_are_those_of_the_project_and_asked_over_tls_only() -> None:
    urls = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"].get("urls", {})
    assert urls.get("Releases", "") == RELEASES_PAGE
    assert bool(NEWEST_VERSION_AT) == bool(RELEASES_PAGE)
    assert {urlsplit(address).scheme for address in (NEWEST_VERSION_AT, RELEASES_PAGE)} in ({""}, {"https"})
    assert ReleaseSource().is_known is bool(RELEASES_PAGE)
