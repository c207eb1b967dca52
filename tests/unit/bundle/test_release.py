"""What a release says of itself: its section of the changelog, and the list of its parts."""

import json
import re

import pytest

from tests.paths import ROOT
from tests.unit.bundle.modules import module

notes = module("notes", "release").notes
sbom = module("sbom", "release")
THIRD_PARTY = (ROOT / "docs/third-party.md").read_text("utf-8")
CHANGELOG = """\
# Changelog

## 1.1.0 (2026-12-01)

- New.

## 1.0.0 (2026-11-01)

- First.
"""


def test_a_release_tells_its_own_section() -> None:
    assert notes("v1.1.0", "1.1.0", CHANGELOG) == "- New.\n"
    assert notes("v1.0.0", "1.0.0", CHANGELOG) == "- First.\n"


@pytest.mark.parametrize(
    ("tag", "version", "changelog", "why"),
    [
        ("v1.1.1", "1.1.0", CHANGELOG, r"has to be v1\.1\.0"),
        ("1.1.0", "1.1.0", CHANGELOG, r"has to be v1\.1\.0"),
        ("v1.2.0", "1.2.0", CHANGELOG, "no section"),
        ("v1.1.0", "1.1.0", CHANGELOG.replace("2026-12-01", "not released"), "no date"),
        ("v1.1.0", "1.1.0", CHANGELOG.replace("- New.\n", ""), "says nothing"),
    ],
)
def test_a_release_stops_where_something_has_been_forgotten(tag: str, version: str, changelog: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        notes(tag, version, changelog)


@pytest.fixture(scope="module")
def bill() -> dict:
    locks = [(ROOT / f"requirements/{name}.txt").read_text("utf-8") for name in sbom.LOCKS]
    return sbom.bill("1.2.0", locks, THIRD_PARTY)


def test_every_locked_package_is_a_part_with_version_and_licence(bill: dict) -> None:
    locked = set()
    for name in sbom.LOCKS:
        text = (ROOT / f"requirements/{name}.txt").read_text("utf-8")
        locked |= {
            f"pkg:pypi/{package}@{version}"
            for package, version in re.findall(r"^([\w.-]+)==([^ \\]+)", text, re.MULTILINE)
        }
    parts = {part["purl"]: part for part in bill["components"] if part.get("purl", "").startswith("pkg:pypi/")}
    assert set(parts) == locked
    qt = next(part for name, part in parts.items() if "pyside6-essentials" in name)
    assert qt["licenses"] == [{"expression": "LGPL-3.0-only"}]
    windows = next(part for name, part in parts.items() if "pywin32-ctypes" in name)
    assert windows["properties"] == [{"name": "python:marker", "value": "sys_platform == 'win32'"}]


def test_what_is_no_package_is_a_part_as_well(bill: dict) -> None:
    parts = {part["name"]: part for part in bill["components"]}
    assert parts["SmolLM2-135M-Instruct"]["type"] == "machine-learning-model"
    assert {"Qt 6", "Chromium", "llama.cpp"} <= set(parts)
    assert parts["@viz-js/viz"]["purl"].startswith("pkg:npm/%40viz-js/viz@")
    assert re.fullmatch(r"[0-9a-f]{64}", parts["mermaid"]["hashes"][0]["content"])
    assert parts["Chromium"]["licenses"] == [{"license": {"name": "BSD-3-Clause and others"}}]


def test_parts_are_distinguished_and_the_list_is_made_the_same_each_time(bill: dict) -> None:
    names = [part["bom-ref"] for part in bill["components"]]
    assert len(names) == len(set(names))
    assert bill["dependencies"][0]["dependsOn"] == names
    locks = [(ROOT / f"requirements/{name}.txt").read_text("utf-8") for name in sbom.LOCKS]
    assert json.dumps(sbom.bill("1.2.0", locks, THIRD_PARTY)) == json.dumps(bill)
    assert sbom.bill("1.2.1", locks, THIRD_PARTY)["serialNumber"] != bill["serialNumber"]


def test_a_table_that_is_gone_is_missed() -> None:
    with pytest.raises(LookupError, match="Other works"):
        sbom.bill("1", [], THIRD_PARTY.replace("## Other works", "## Others"))
