"""Writes the list of parts of a release (SBOM) for programs to read: `sbom.py FILE`, CycloneDX 1.6 in JSON.

Names and versions are those of the lock files that bundles are made with; licences and what is no Python package are from
docs/third-party.md, which the tests hold to the packages' own words. For people there is THIRD-PARTY.txt in every bundle.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import product

LOCKS = ("run", "engine")
_LOCKED = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ \\]+)(?: *; *(?P<marker>[^\\\n]+?))? *\\?$", re.MULTILINE
)
_EXPRESSION = re.compile(r"[A-Za-z0-9.+-]+(?: (?:OR|AND) [A-Za-z0-9.+-]+)*")
"""Licences as SPDX writes them; all else is a name."""
_KINDS = {"SmolLM2-135M-Instruct": "machine-learning-model", "JetBrains Mono": "file", "Lucide icons": "file"}

Part = dict[str, Any]


def bill(version: str, locks: list[str], third_party: str) -> dict[str, Any]:
    """Return the list. `locks` are the texts of the lock files, `third_party` that of docs/third-party.md."""
    parts = [*_packages(locks, third_party), *_works(third_party), *_scripts(third_party)]
    own = f"pkg:generic/chatdesk@{version}"
    seed = json.dumps([version, parts], sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, seed)}",  # the same parts have the same number
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": product.NAME,
                "version": version,
                "purl": own,
                "licenses": _licences("MIT"),
            }
        },
        "components": parts,
        "dependencies": [{"ref": own, "dependsOn": [part["bom-ref"] for part in parts]}],
    }


def rows(third_party: str, heading: str) -> list[list[str]]:
    """Return the rows of the table below a heading of docs/third-party.md. Raises `LookupError` if there is none."""
    section = third_party.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")]
    if len(lines) < 2:
        raise LookupError(f"docs/third-party.md has no table {heading!r}")
    return lines[1:]


def _packages(locks: list[str], third_party: str) -> list[Part]:
    licences = {row[0]: row[1] for row in rows(third_party, "Python packages")}
    parts: dict[str, Part] = {}
    for found in (found for lock in locks for found in _LOCKED.finditer(lock)):
        address = f"pkg:pypi/{found['name']}@{found['version']}"
        part = _part(found["name"], address, licences[found["name"]], version=found["version"], purl=address)
        if found["marker"]:
            part["properties"] = [{"name": "python:marker", "value": found["marker"]}]  # only where this holds
        parts.setdefault(address, part)
    return list(parts.values())


def _works(third_party: str) -> list[Part]:
    works = rows(third_party, "Other works")
    return [_part(name, f"work:{name}", licence, type=_KINDS.get(name, "library")) for name, licence, *_ in works]


def _scripts(third_party: str) -> list[Part]:
    """Return the libraries of the preview, each one file, whose checksum is known."""
    parts = []
    for file, name, version, licence, _use, checksum in rows(third_party, "Libraries of the preview"):
        address = f"pkg:npm/{name.replace('@', '%40')}@{version}"
        hashes = [{"alg": "SHA-256", "content": checksum}]
        parts.append(_part(name, f"file:{file}", licence, version=version, purl=address, hashes=hashes))
    return parts


def _part(name: str, reference: str, licence: str, **more: Any) -> Part:  # noqa: ANN401 - what CycloneDX has
    return {"type": "library", "bom-ref": reference, "name": name, "licenses": _licences(licence), **more}


def _licences(told: str) -> list[dict[str, Any]]:
    return [{"expression": told}] if _EXPRESSION.fullmatch(told) else [{"license": {"name": told}}]


def main() -> None:
    """Write the list into the file on the command line."""
    locks = [(product.ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8") for name in LOCKS]
    third_party = (product.ROOT / "docs/third-party.md").read_text(encoding="utf-8")
    made = json.dumps(bill(product.version(), locks, third_party), indent=1, ensure_ascii=False)
    Path(sys.argv[1]).write_text(made + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
