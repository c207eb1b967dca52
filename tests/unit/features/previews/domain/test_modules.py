"""What scripts import, and from where."""

import time

import pytest

from chatdesk.features.previews.domain.modules import imported_names, with_imports


@pytest.mark.parametrize(
    ("script", "names"),
    [
        ("import a, {b} from './x'\nimport './y'", ["./x", "./y"]),
        ("import type T from \"z\"\nexport * from 'w'; export { default as q } from 'v'", ["z", "w", "v"]),
        ("const x = await\nimport('late')", ["late"]),
        ("import {\n  a,\n  important,\n  exporter,\n} from './m'", ["./m"]),
        ("import nothing\nimport a from './x'", ["./x"]),
        ("import a from './x'\nimport b from './x'", ["./x"]),
        ("const text = 'from here'", []),
    ],
)
def test_imports_are_found_as_they_are_written(script: str, names: list[str]) -> None:
    assert imported_names(script) == names


def test_nothing_but_the_names_changes() -> None:
    script = "import a\nimport {\n  b,\n} from './b'\nimport('./c')\nexport const d = './b'\n"
    assert with_imports(script, str.upper) == script.replace("from './b'", "from './B'").replace("('./c')", "('./C')")


def test_imports_that_lead_nowhere_are_passed_over_quickly() -> None:
    began = time.process_time()
    assert imported_names(" import a" * 25_000) == []
    assert time.process_time() - began < 0.3, "a hundred times what was measured"
