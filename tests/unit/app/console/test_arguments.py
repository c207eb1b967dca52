"""Arguments mean what the help says, and a slip is reported with what was meant."""

import pytest

from chatdesk.app.command_line import main
from chatdesk.app.console.arguments import HelpRequested, Option, Verb, read_arguments
from chatdesk.app.console.report import WrongUsage
from chatdesk.app.console.verbs import ASK, VERBS
from chatdesk.app.exit_code import ExitCode

DO = Verb(
    "do",
    "do it",
    options=(
        Option("--name", "", "N"),
        Option("--var", "", "X=Y", repeated=True),
        Option("--how", "", "HOW", choices=("well", "badly")),
        Option("--quiet", ""),
    ),
    value_name="WORD ...",
)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], {"name": "", "var": [], "how": "", "quiet": False, "arguments": []}),
        (["a", "--name", "x", "b"], {"name": "x", "arguments": ["a", "b"]}),
        (["--name=x=y"], {"name": "x=y"}),
        (["--name="], {"name": ""}),
        (["--name", "-x"], {"name": "-x"}),
        (["--var", "a=1", "--var=b=2"], {"var": ["a=1", "b=2"]}),
        (["--how", "well", "--quiet"], {"how": "well", "quiet": True}),
        (["--qui", "--na", "x"], {"quiet": True, "name": "x"}),
        (["--quiet", "--", "--name", "-h"], {"quiet": True, "name": "", "arguments": ["--name", "-h"]}),
        (["-"], {"arguments": ["-"]}),
        (["--name", "a", "--name", "b"], {"name": "b"}),
    ],
)
def test_arguments_are_read(arguments: list[str], expected: dict[str, object]) -> None:
    read = vars(read_arguments(DO, arguments))
    assert {name: read[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--nmae", "x"], "Did you mean --name?"),
        (["--zzz"], "Unknown option: --zzz."),
        (["-x"], "Unknown option: -x."),
        (["--name"], "Missing value: --name N"),
        (["--quiet=yes"], "--quiet does not take a value."),
        (["--how", "so"], "Invalid value for --how: “so”. Choose one of: well, badly."),
        (["--x={y}"], "Unknown option: --x."),
    ],
)
def test_a_slip_is_reported(arguments: list[str], expected: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        read_arguments(DO, arguments)
    assert expected in str(caught.value)


def test_words_are_refused_where_none_are_taken() -> None:
    with pytest.raises(WrongUsage):
        read_arguments(VERBS["models"], ["all"])


@pytest.mark.parametrize("arguments", [["-h"], ["--help"], ["x", "--help", "--nonsense"], ["--hel"]])
def test_help_goes_before_everything_behind_it(arguments: list[str]) -> None:
    with pytest.raises(HelpRequested):
        read_arguments(DO, arguments)


@pytest.mark.parametrize("arguments", [["-v"], ["--version"]])
def test_the_version_is_printed_by_either_name(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == ExitCode.ANSWERED
    assert capsys.readouterr().out.startswith("Chatdesk ")


@pytest.mark.parametrize("arguments", [["help"], ["-h"], ["--help"]])
def test_help_lists_every_verb(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == ExitCode.ANSWERED
    out = capsys.readouterr().out
    assert out.startswith("usage: chatdesk [VERB ... | FILE ...]\n")
    assert [name for name in VERBS if f"\n  {name} " not in out] == []


@pytest.mark.parametrize("arguments", [["help", "ask"], ["ask", "--help"], ["ask", "-h", "--nonsense"]])
def test_the_help_of_a_verb_has_one_line_of_usage_its_options_and_examples(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == ExitCode.ANSWERED
    out = capsys.readouterr().out
    assert out.splitlines()[:2] == ["usage: chatdesk ask [OPTION ...] [QUESTION ...]", ""]
    assert [option.name for option in ASK.options if f"  {option.name}" not in out] == []
    assert "git diff | chatdesk ask" in out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["help", "aks"], "Did you mean ask?"),
        (["modles"], "Did you mean models?"),
        (["--nonsense"], "No such command or file: --nonsense."),
        (["models", "--jsn"], "Did you mean --json?"),
        (["quick", "now"], "Unexpected argument: now"),
    ],
)
def test_a_slip_is_reported_with_the_usage(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == ExitCode.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: chatdesk ")
    assert expected in err.splitlines()[1]
