"""The manifests for winget, Windows' own package manager: made when a release has an address and an installer.

Four files of YAML, by Microsoft's schemas 1.12.0 (microsoft/winget-cli, schemas/JSON/manifests), against which they were checked. Not
submitted so far.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

IDENTIFIER = "Chatdesk.Chatdesk"
SCHEMA = "1.12.0"
APP_ID = "1becb438-ef4c-50a7-a2b3-11c5f9be321a"
"""As chatdesk.iss has it."""
OLDEST_WINDOWS = "10.0.17763.0"
DEFAULT_LOCALE = "en-US"


def manifests(version: str, address: str, installer: str, sha256: str, texts: dict[str, Any]) -> dict[str, str]:
    """Return the files by their names.

    `installer` is the address of the installer; `texts` has the name, the publisher and so on, and in `translations` the summary and the
    description by locale.
    """
    head = {"PackageIdentifier": IDENTIFIER, "PackageVersion": version}
    parts = {
        IDENTIFIER: {**head, "DefaultLocale": DEFAULT_LOCALE, "ManifestType": "version"},
        f"{IDENTIFIER}.installer": {**head, **_installer(installer, sha256), "ManifestType": "installer"},
        f"{IDENTIFIER}.locale.{DEFAULT_LOCALE}": {
            **head,
            "PackageLocale": DEFAULT_LOCALE,
            "Publisher": texts["publisher"],
            "PublisherUrl": address,
            "PackageName": texts["name"],
            "PackageUrl": address,
            "License": "MIT",
            "Copyright": texts["copyright"],
            "ShortDescription": texts["summary"],
            "Description": texts["description"],
            "Moniker": "chatdesk",
            "Tags": list(texts["tags"]),
            "ReleaseNotesUrl": f"{address}/releases/tag/v{version}",
            "ManifestType": "defaultLocale",
        },
        **{
            f"{IDENTIFIER}.locale.{locale}": {
                **head,
                "PackageLocale": locale,
                "Publisher": texts["publisher"],
                "PackageName": texts["name"],
                "ShortDescription": summary,
                "Description": description,
                "ManifestType": "locale",
            }
            for locale, (summary, description) in texts["translations"].items()
        },
    }
    return {f"{name}.yaml": yaml({**part, "ManifestVersion": SCHEMA}) for name, part in parts.items()}


def write(folder: Path, files: dict[str, str]) -> None:
    """Write them as winget's repository wants them: nothing else in their folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def yaml(values: dict[str, Any], indent: str = "") -> str:
    """Return values as YAML. Texts stand in quotes as JSON has them, which YAML reads alike, so that no version becomes a number."""
    lines = ""
    for key, value in values.items():
        if isinstance(value, dict):
            lines += f"{indent}{key}:\n" + yaml(value, indent + "  ")
        elif isinstance(value, list):
            lines += f"{indent}{key}:\n" + "".join(_item(item, indent) for item in value)
        else:
            lines += f"{indent}{key}: {json.dumps(value, ensure_ascii=False)}\n"
    return lines


def _item(item: Any, indent: str) -> str:  # noqa: ANN401 - what YAML can hold
    if isinstance(item, dict):
        return f"{indent}- " + yaml(item, indent + "  ").removeprefix(indent + "  ")
    return f"{indent}- {json.dumps(item, ensure_ascii=False)}\n"


def _installer(address: str, sha256: str) -> dict[str, Any]:
    file = {"Architecture": "x64", "InstallerUrl": address, "InstallerSha256": sha256.upper()}
    return {
        "Platform": ["Windows.Desktop"],
        "MinimumOSVersion": OLDEST_WINDOWS,
        "InstallerType": "inno",
        "InstallModes": ["interactive", "silent", "silentWithProgress"],
        "UpgradeBehavior": "install",
        "ProductCode": f"{{{APP_ID}}}_is1",
        "Installers": [
            {**file, "Scope": "user", "InstallerSwitches": {"Custom": "/CURRENTUSER"}},
            {
                **file,
                "Scope": "machine",
                "InstallerSwitches": {"Custom": "/ALLUSERS"},
                "ElevationRequirement": "elevatesSelf",
            },
        ],
    }
