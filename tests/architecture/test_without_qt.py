"""The rooms below the screen and the command line work where Qt is not installed."""

import subprocess
import sys

from tests.architecture.sources import QT_FREE, ROOT, module_of, name_of, python_files

# A Python in which Qt cannot be imported.
WITHOUT_QT = """
import importlib.abc, sys
class NoQt(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6", "qasync"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, NoQt())
"""


def run_without_qt(program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", WITHOUT_QT + program, *arguments]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_the_modules_below_the_screen_and_their_unit_tests_can_be_imported() -> None:
    modules = [module_of(file) for file in python_files() if QT_FREE.match(name_of(file))]
    modules += ["tests.conftest", *map(module_of, python_files("tests/unit"))]
    run_without_qt("import importlib\nfor name in sys.argv[1:]: importlib.import_module(name)", *modules)


def test_the_command_line_can_be_used() -> None:
    assert "ask" in run_without_qt(
        "import runpy\nsys.argv = ['chatdesk', '--help']\nrunpy.run_module('chatdesk', run_name='__main__')"
    )


def test_the_command_line_words_an_error_in_the_persons_language() -> None:
    program = """
import os, runpy
os.environ |= {"LC_ALL": "zh_CN.UTF-8", "OLLAMA_HOST": "127.0.0.1:9"}
sys.argv = ["chatdesk", "ask", "--server", "ollama", "Hi"]
sys.stderr = sys.stdout
try:
    runpy.run_module("chatdesk", run_name="__main__")
except SystemExit as end:
    assert end.code == 3, end.code
"""
    assert "--server" in run_without_qt(program)
