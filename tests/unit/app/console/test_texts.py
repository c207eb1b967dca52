"""The command line speaks the person's language, of the same translations as the window and without Qt."""

import json
import string
import subprocess
import sys
from pathlib import Path

import pytest

from chatdesk.app.command_line import main
from chatdesk.app.console.texts import ConsoleTexts, chosen_language, system_language
from chatdesk.app.exit_code import ExitCode
from chatdesk.system.folders import Folders
from tests.architecture.sources import ROOT


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Chinese table, made anew of the translations."""
    made = tmp_path_factory.mktemp("translations") / "chatdesk_zh_CN.json"
    program = ROOT / "packaging/console_words.py"
    subprocess.run([sys.executable, program, ROOT / "translations/chatdesk_zh_CN.ts", made], check=True)
    return made


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.GB18030"}, "zh_CN"),
        ({"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh_CN"),
        ({"LC_ALL": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_TW.UTF-8"}, "zh_TW"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, "zh_CN"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "zh_CN"}, "en"),
    ],
)
def test_the_language_is_that_of_the_locale(environment: dict[str, str], language: str) -> None:
    assert system_language(environment) == language


@pytest.mark.parametrize(
    ("settings", "language"),
    [
        ('{"appearance.language": "en"}', "en"),
        ('{"appearance.language": "zh_CN"}', "zh_CN"),
        ('{"appearance.language": "system"}', "zh_CN"),
        ('{"appearance.language": "../../etc/passwd"}', "zh_CN"),
        ('{"appearance.language": 7}', "zh_CN"),
        ("[" * 100_000, "zh_CN"),
        ("\x00", "zh_CN"),
    ],
)
def test_what_is_chosen_in_the_settings_goes_first(home: Path, settings: str, language: str) -> None:
    home.mkdir()
    (home / "settings.json").write_text(settings)
    assert chosen_language(Folders.locate(), {"LANG": "zh_CN.UTF-8"}) == language
    assert (home / "settings.json").read_text() == settings


def test_an_error_is_reported_in_chinese(chinese: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--server", "nosuch", "?"]) == ExitCode.NOT_AVAILABLE
    assert capsys.readouterr().err.startswith("没有名为 nosuch 的服务器。")


def test_an_error_of_the_windows_table_is_reported_in_chinese_with_advice_for_a_terminal(
    chinese: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:9")
    assert main(["ask", "--server", "ollama", "?"]) == ExitCode.NOT_AVAILABLE
    output = capsys.readouterr().err.splitlines()[0]
    assert output.endswith("请启动它，或用 --server 选择其他服务器。")
    assert "http://127.0.0.1:9" in output


def test_wrong_usage_and_help_are_reported_in_chinese(chinese: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--sever", "x"]) == ExitCode.USAGE
    assert capsys.readouterr().err.splitlines() == [
        "用法：chatdesk ask [OPTION ...] [QUESTION ...]",
        "没有选项 --sever。你是指 --server 吗？",
    ]
    assert main(["help", "ask"]) == ExitCode.ANSWERED
    assert "示例：" in capsys.readouterr().out


def test_names_for_programs_are_the_same_in_every_language(chinese: None, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ask", "--json", "--server", "nosuch", "?"])
    error = json.loads(capsys.readouterr().out.splitlines()[1])
    assert (error["event"], error["code"], error["exit_code"]) == ("error", "server_not_found", 3)
    assert error["message"].startswith("没有名为")


def test_the_table_has_every_text_of_the_command_line_and_its_places(table: Path) -> None:
    texts = json.loads(table.read_text("utf-8"))
    assert set(texts) == {"Console", "Errors", "Import"}
    assert len(texts["Console"]) > 90

    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for translations in texts.values():
        assert {text for text, said in translations.items() if places(text) != places(said)} == set()


def test_where_no_table_is_english_is_spoken(tmp_path: Path) -> None:
    (tmp_path / "chatdesk_zh_CN.json").write_text("[")
    assert ConsoleTexts(lambda: "zh_CN", tmp_path).render("examples:") == "examples:"
    assert ConsoleTexts(lambda: "zh_CN", tmp_path / "nowhere").render("examples:") == "examples:"


def test_sentences_are_joined_as_the_language_joins_them(table: Path) -> None:
    assert ConsoleTexts(lambda: "zh_CN", table.parent).join("一。", "二。") == "一。二。"
    assert ConsoleTexts(lambda: "en", table.parent).join("One.", "Two.") == "One. Two."
    assert ConsoleTexts(lambda: "en", table.parent).join("One.", "") == "One."
