"""The workflows of the build service: what the tools that check them (packaging/check_recipes.py) do not know of this project."""

import os
import re

import pytest

import dev
from tests.architecture.sources import ROOT

WORKFLOWS = {file.name: file.read_text("utf-8") for file in sorted((ROOT / ".github/workflows").glob("*.yml"))}
USES = [line for text in WORKFLOWS.values() for line in re.findall(r"uses: (.+)", text)]


def test_there_are_tests_and_a_release() -> None:
    assert list(WORKFLOWS) == ["ci.yml", "release.yml"]


@pytest.mark.parametrize("used", sorted({used for used in USES if not used.startswith("./")}))
def test_an_action_is_of_github_and_pinned_to_a_commit_whose_version_is_reported(used: str) -> None:
    assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used)


def test_an_action_has_one_version_everywhere() -> None:
    names = {used.partition("@")[0] for used in USES}
    assert len(names) == len(set(USES))


def test_changes_of_others_are_tested_without_secrets() -> None:
    assert "secrets." not in WORKFLOWS["ci.yml"]
    assert not any("pull_request_target" in text for text in WORKFLOWS.values())
    assert "pull_request" not in WORKFLOWS["release.yml"]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_may_do_nothing_that_a_job_does_not_ask_for(name: str) -> None:
    assert "\npermissions: {}\n" in WORKFLOWS[name]
    assert re.search(r"\nconcurrency:\n  group: ", WORKFLOWS[name])
    jobs = re.split(r"\n  (?=\w+:\n    name:)", WORKFLOWS[name].partition("\njobs:")[2])[1:]
    assert jobs
    for job in jobs:
        assert "    permissions:\n      contents: " in job
        assert "timeout-minutes:" in job or "uses: ./" in job


def test_they_do_what_people_do() -> None:
    commands = {command for text in WORKFLOWS.values() for command in re.findall(r"dev\.py (\w+)", text)}
    assert commands <= {"test", "build"}
    assert all(hasattr(dev, command) for command in commands)


def test_every_script_they_run_is_there() -> None:
    scripts = {name for text in WORKFLOWS.values() for name in re.findall(r"packaging/[\w/]+\.(?:py|sh)", text)}
    assert scripts
    assert [name for name in sorted(scripts) if not (ROOT / name).is_file()] == []
    if os.name != "nt":  # Windows has no such mode
        assert [name for name in scripts if name.endswith(".sh") and not (ROOT / name).stat().st_mode & 0o100] == []


def test_they_use_the_pythons_that_chatdesk_runs_on() -> None:
    versions = set(re.findall(r'"(3\.\d+)"', WORKFLOWS["ci.yml"]))
    oldest, newest = dev.OLDEST_PYTHON, dev.NEWEST_PYTHON
    assert versions == {f"3.{minor}" for minor in range(oldest[1], newest[1] + 1)}
