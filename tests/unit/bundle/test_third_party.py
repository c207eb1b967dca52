"""The list of what others made."""

from pathlib import Path

from tests.paths import ROOT
from tests.unit.bundle.modules import module

third_party = module("third_party")


def test_packages_are_named_with_their_licence_and_their_texts(tmp_path: Path) -> None:
    lock = tmp_path / "run.txt"
    lock.write_text("httpx==1.0 \\\n    --hash=sha256:00\nno-such-package==1 ; sys_platform == 'win32'\n", "utf-8")
    (tmp_path / "mermaid.txt").write_text("Copyright of mermaid", "utf-8")
    text = third_party.third_party([lock], tmp_path / "nowhere")
    assert "\nhttpx " in text
    assert "Licence: BSD" in text
    assert "Redistribution and use in source and binary forms" in text
    assert "no-such-package" not in text
    assert "\nmermaid\n" in third_party.third_party([], tmp_path)


def test_every_package_of_an_installed_chatdesk_has_a_licence() -> None:
    root = ROOT
    text = third_party.third_party([root / "requirements/run.txt"], root / "resources/licences")
    unnamed = [part for part in text.split("=" * 78) if "\nLicence: see below" in part]
    assert [part.strip().splitlines()[0] for part in unnamed] == [
        file.stem for file in sorted((root / "resources/licences").glob("*.txt"))
    ]
    for name in ("PySide6_Essentials", "markdown-it-py", "keyring", "graphviz", "mermaid"):
        assert f"\n{name}" in text
