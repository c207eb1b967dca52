"""The list of other people's works (docs/third-party.md) is whole, and says of each package what the package says of itself."""

import importlib.metadata
import re
import tomllib

import pytest

from tests.architecture.sources import ROOT

LIST = (ROOT / "docs/third-party.md").read_text(encoding="utf-8")
LOCKED = sorted(
    {
        name
        for lock in ("run", "engine")
        for name in re.findall(r"^([\w.-]+)==", (ROOT / f"requirements/{lock}.txt").read_text(), re.MULTILINE)
    }
)
LICENCES = dict(
    re.findall(
        r"^\| ([\w.-]+) \| ([^|]+) \|",
        LIST.partition("## Python packages")[2].partition("## ")[0].partition("|---")[2],
        re.MULTILINE,
    )
)


def test_every_package_that_is_installed_to_run_is_listed() -> None:
    assert sorted(LICENCES) == LOCKED


@pytest.mark.parametrize("package", LOCKED)
def test_a_package_is_listed_with_its_own_licence(package: str) -> None:
    try:
        metadata = importlib.metadata.metadata(package)
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("belongs to another system or Python")
    classifiers = [
        line.rpartition(" :: ")[2] for line in metadata.get_all("Classifier", []) if line.startswith("License ::")
    ]
    named = metadata.get("License-Expression") or metadata.get("License") or next(iter(classifiers), None)
    if named is None:  # the package says it only in its licence, which begins with the name: The MIT License (MIT)
        files = importlib.metadata.files(package) or []
        (licence,) = (file for file in files if file.name == metadata["License-File"])
        named = licence.read_text(encoding="utf-8").partition("(")[2].partition(")")[0]
    assert set(LICENCES[package].split(" OR ")) <= set(named.removesuffix(" License").split(" OR "))


def test_nothing_that_is_used_is_under_the_gpl() -> None:
    assert [package for package, licence in LICENCES.items() if re.search(r"(?<!L)GPL", licence)] == []


def test_every_licence_that_is_kept_is_listed() -> None:
    assert [file.name for file in (ROOT / "resources/licences").iterdir() if file.name not in LIST] == []


@pytest.mark.parametrize("package", ["pyside6-essentials", "pyside6-addons", "ziamath"])
def test_a_package_that_is_pinned_has_the_same_exact_version_in_every_lock_file(package: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (wanted,) = (line for line in project["dependencies"] if line.lower().startswith(package))
    name, exactly, version = wanted.lower().partition("==")
    assert (name, exactly) == (package, "==")
    assert re.fullmatch(r"[\d.]+", version)
    for lock in ("run", "development"):
        locked = re.findall(
            rf"^{package}==([\w.]+)", (ROOT / f"requirements/{lock}.txt").read_text("utf-8"), re.MULTILINE
        )
        assert locked == [version]
