"""The script that compares the catalogue of models with the hubs, against hubs that are imitated."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.scripted_hub import HubRepo, ScriptedHub, sha256_of
from tests.paths import ROOT

spec = importlib.util.spec_from_file_location("check_model_catalogue", ROOT / "packaging/check_model_catalogue.py")
assert spec
assert spec.loader
script = importlib.util.module_from_spec(spec)
spec.loader.exec_module(script)

NAME, FILE, PROJECTOR = "someone/Small-GGUF", "small-Q4_K_M.gguf", "mmproj-F16.gguf"
CONTENT, OTHER = b"a model" * 1000, b"another" * 1000


@pytest.fixture
def hub() -> Iterator[ScriptedHub]:
    files = {FILE: CONTENT, PROJECTOR: b"a projector", "README.md": b"text"}
    with ScriptedHub(HubRepo(NAME, files)).on_thread() as hub:
        yield hub


def row(**more: str) -> str:
    texts = "".join(f'{key} = "{value}"\n' for key, value in more.items())
    return (
        f'[[model]]\nid = "small"\nrepository = "{NAME}"\n{texts}'
        f'file = {{ path = "{FILE}", size = {len(CONTENT)}, sha256 = "{sha256_of(CONTENT)}" }}\n'
    )


def run(hub: ScriptedHub, folder: Path, text: str) -> int:
    path = folder / "catalogue.toml"
    path.write_text(text, "utf-8")
    result: int = script.main(["--catalogue", str(path), "--hugging-face", hub.url, "--modelscope", hub.url])
    return result


def test_nothing_is_said_of_what_is_the_same_everywhere(
    hub: ScriptedHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit = hub.repositories[NAME].commit
    projector = f'projector = {{ path = "{PROJECTOR}", size = 11, sha256 = "{sha256_of(b"a projector")}" }}\n'
    assert run(hub, tmp_path, row(commit=commit, modelscope=NAME) + projector + row()) == 0
    assert capsys.readouterr().out == "2 models, 0 differences\n"
    assert not any("/resolve/" in path for path in hub.asked()), "no file is downloaded"


def test_a_file_that_was_replaced_is_reported_with_its_new_hash(
    hub: ScriptedHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.repositories[NAME].change({FILE: OTHER})
    assert run(hub, tmp_path, row()) == 1
    assert f"{FILE} now has {len(OTHER)} bytes and SHA-256 {sha256_of(OTHER)}" in capsys.readouterr().out


def test_a_newer_commit_is_reported_even_if_the_pinned_file_is_still_there(
    hub: ScriptedHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pinned = hub.repositories[NAME].commit
    hub.repositories[NAME].change({FILE: OTHER})
    assert run(hub, tmp_path, row(commit=pinned)) == 1
    newest = hub.repositories[NAME].commit
    assert capsys.readouterr().out.splitlines() == [
        f"small: {NAME}: the newest commit is {newest} instead of {pinned}",
        "1 models, 1 differences",
    ]


def test_a_commit_that_is_gone_is_reported(
    hub: ScriptedHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(hub, tmp_path, row(commit="0" * 40)) == 1
    assert "status 404" in capsys.readouterr().out


def test_a_file_that_is_gone_is_reported(hub: ScriptedHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hub.repositories[NAME].change({"renamed.gguf": CONTENT})
    assert run(hub, tmp_path, row()) == 1
    assert f"there is no {FILE}" in capsys.readouterr().out


def test_a_file_of_modelscope_without_a_hash_is_reported(
    hub: ScriptedHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.repositories[NAME].without_hashes.add(FILE)
    assert run(hub, tmp_path, row(modelscope=NAME)) == 1
    assert "SHA-256 unknown" in capsys.readouterr().out


@pytest.mark.parametrize("page", ["<html>log in</html>", '["no files"]'])
def test_a_page_that_is_no_list_of_files_is_reported(
    hub: ScriptedHub, tmp_path: Path, capsys: pytest.CaptureFixture[str], page: str
) -> None:
    hub.trouble.page = page
    assert run(hub, tmp_path, row(modelscope=NAME)) == 1
    assert "2 differences" in capsys.readouterr().out


def test_a_hub_that_cannot_be_reached_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with ScriptedHub().on_thread() as gone:
        pass
    assert run(gone, tmp_path, row()) == 1
    assert NAME in capsys.readouterr().out


def test_the_catalogue_of_the_program_is_read_by_default(hub: ScriptedHub, capsys: pytest.CaptureFixture[str]) -> None:
    assert script.main(["--hugging-face", hub.url, "--modelscope", hub.url]) == 1
    assert "23 models" in capsys.readouterr().out
