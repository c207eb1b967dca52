"""A llama-server of the user is found where it is usually installed, and refused where others could replace it."""

import os
import sys
from pathlib import Path

import pytest

from chatdesk.engine.llama_server.search import Objection, find_llama_server, objection_to

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="permissions of Unix")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return make_program(tmp_path / "bin")


def make_program(folder: Path) -> Path:
    folder.mkdir(parents=True)
    path = folder / "llama-server"
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_it_is_found_in_the_path(program: Path, tmp_path: Path) -> None:
    path = os.pathsep.join(["", ".", "relative", str(tmp_path / "none"), str(program.parent)])
    assert find_llama_server({"PATH": path}, tmp_path) == program


def test_it_is_found_in_the_folder_of_jan(tmp_path: Path) -> None:
    data = "Library/Application Support" if sys.platform == "darwin" else ".local/share"
    found = make_program(tmp_path / data / "Jan/data/llamacpp/backends/b1/linux-vulkan/build/bin")
    assert find_llama_server({}, tmp_path) == found


def test_one_that_others_can_replace_is_passed_over(program: Path, tmp_path: Path) -> None:
    program.parent.chmod(0o777)
    safe = make_program(tmp_path / "safe")
    path = f"{program.parent}{os.pathsep}{safe.parent}"
    assert find_llama_server({"PATH": path}, tmp_path) == safe


def test_a_good_one_meets_no_objection(program: Path) -> None:
    assert objection_to(program) is None


def test_the_reasons_for_a_refusal(program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert objection_to(Path("bin/llama-server")) is Objection.RELATIVE
    assert objection_to(tmp_path / "none") is Objection.MISSING
    assert objection_to(program.parent) is Objection.MISSING
    program.chmod(0o757)
    assert objection_to(program) is Objection.WRITABLE_BY_OTHERS
    program.chmod(0o644)
    assert objection_to(program) is Objection.NOT_EXECUTABLE
    program.chmod(0o755)
    program.parent.chmod(0o1777)
    assert objection_to(program) is Objection.WRITABLE_BY_OTHERS, "a library can be added beside it"
    program.parent.chmod(0o755)
    tmp_path.chmod(0o777)
    assert objection_to(program) is Objection.WRITABLE_BY_OTHERS, "its folder can be replaced"
    tmp_path.chmod(0o700)
    monkeypatch.chdir(program.parent)
    assert objection_to(program) is Objection.CURRENT_FOLDER


def test_a_link_is_as_safe_as_what_it_leads_to(program: Path, tmp_path: Path) -> None:
    link = tmp_path / "links" / "llama-server"
    link.parent.mkdir()
    link.symlink_to(program)
    assert objection_to(link) is None
    program.parent.chmod(0o777)
    assert objection_to(link) is Objection.WRITABLE_BY_OTHERS
