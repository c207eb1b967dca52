"""The process that sets formulas, as it is started from source and from a frozen program."""

import subprocess
import sys

import pytest

from chatdesk.kernel.aio.child_program import FORMULA_CHILD
from chatdesk.rendering.formulas.typeset.child import request
from chatdesk.rendering.formulas.typeset.typeset_formula import Reason, Refused, TypesetFormula, decode
from tests.paths import ROOT


@pytest.mark.parametrize(
    "command",
    [FORMULA_CHILD.command(), [sys.executable, "-m", "chatdesk", FORMULA_CHILD.argument]],
    ids=["source", "frozen"],
)
def test_it_answers_each_line_with_a_line_and_ends_with_its_input(command: list[str]) -> None:
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin
        assert child.stdout
        for latex in ("x^2", r"\text{中文}", r"\nosuch"):
            child.stdin.write(request(latex, displayed=True))
        child.stdin.flush()
        answers = [decode(child.stdout.readline()) for _ in range(3)]
        child.stdin.close()
        assert child.wait(60) == 0
    assert isinstance(answers[0], TypesetFormula)
    assert isinstance(answers[1], TypesetFormula)
    assert [words.text for words in answers[1].words] == ["中文"]
    assert answers[2] == Refused(Reason.UNKNOWN, r"\nosuch")


def test_what_is_no_formula_is_an_error() -> None:
    for line in (b"", b"{}", b"[1]", b"3", b'{"reason": "of state", "detail": ""}', b"not json"):
        with pytest.raises(ValueError):  # noqa: PT011 - also json's own
            decode(line)
