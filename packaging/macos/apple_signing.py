"""Signs an application for macOS from the inside out and has Apple look it over, as far as the environment gives the means.

  CHATDESK_SIGN_IDENTITY        name of a "Developer ID Application" certificate in the keychain; without it a signature is for this
                                machine only ("ad hoc"), which macOS asks of every program, and Gatekeeper warns of it elsewhere
  CHATDESK_NOTARY_KEY           file of a key of App Store Connect's API; with the next two, what is signed is sent to Apple
  CHATDESK_NOTARY_KEY_ID, CHATDESK_NOTARY_ISSUER

Each nested code is signed by itself, as Apple wants it ("Creating distribution-signed code for macOS"): `--deep` would give the web
engine's process the entitlements of the program. Not run on macOS so far.
"""

from __future__ import annotations

import json
import os
import plistlib
import struct
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from property_lists import ENTITLEMENTS, ENTITLEMENTS_OF_THE_WEB_ENGINE

IDENTITY, KEY = "CHATDESK_SIGN_IDENTITY", "CHATDESK_NOTARY_KEY"
KEY_ID, ISSUER = "CHATDESK_NOTARY_KEY_ID", "CHATDESK_NOTARY_ISSUER"
AD_HOC = "-"
_BUNDLES = (".app", ".framework")
_MAGIC = {0xFEEDFACF, 0xCFFAEDFE, 0xFEEDFACE, 0xCEFAEDFE, 0xCAFEBABE, 0xBEBAFECA}
"""First four bytes of programs and libraries (Apple, mach-o/loader.h, mach-o/fat.h)."""

Run = Callable[[list[str]], str]
"""Runs a command and returns what it prints. Raises `subprocess.CalledProcessError`."""


def run(words: list[str]) -> str:
    """Run a command; its errors are seen."""
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout


def inside_out(application: Path) -> list[Path]:
    """Return all code in an application in the order in which it is signed: what lies deeper first, the application itself last.

    The program file of a bundle is left out: it is signed with its bundle.
    """
    bundles = [
        path for path in application.rglob("*") if path.suffix in _BUNDLES and path.is_dir() and not path.is_symlink()
    ]
    mains = {main for bundle in [application, *bundles] for main in _main_files(bundle)}
    files = [path for path in application.rglob("*") if _is_code(path) and path not in mains]
    found = [path for path in [*files, *bundles] if not _through_link(path, application)]
    return [*sorted(found, key=lambda path: (-len(path.parts), str(path))), application]


def sign(application: Path, work: Path, environment: Mapping[str, str] = os.environ, run: Run = run) -> bool:
    """Sign an application and check it; return whether it is signed for other machines, too. `work` is for files on the way."""
    identity = environment.get(IDENTITY, "") or AD_HOC
    if identity == AD_HOC:
        print(f"Signed for this machine only: {IDENTITY} is not set.")
    work.mkdir(parents=True, exist_ok=True)
    own = work / "entitlements.plist"
    own.write_bytes(plistlib.dumps(ENTITLEMENTS))
    for path in inside_out(application):
        run(["codesign", *codesign_options(identity, entitlements_of(path, application, own)), str(path)])
    run(["codesign", "--verify", "--deep", "--strict", str(application)])
    return identity != AD_HOC


def codesign_options(identity: str, entitlements: Path | None) -> list[str]:
    """Return what codesign is told beside the file. A hardened runtime and a time are what Apple asks for, and nothing without a name."""
    options = ["--force", "--sign", identity]
    if identity == AD_HOC:
        return options
    options += ["--timestamp", "--options", "runtime"]
    return [*options, "--entitlements", str(entitlements)] if entitlements else options


def entitlements_of(path: Path, application: Path, own: Path) -> Path | None:
    """Return the file with the entitlements of a part: of the application and the web engine's process; libraries take their program's."""
    if path == application:
        return own
    shipped = path / ENTITLEMENTS_OF_THE_WEB_ENGINE
    return shipped if path.suffix == ".app" and shipped.is_file() else None


def sign_image(image: Path, environment: Mapping[str, str] = os.environ, run: Run = run) -> None:
    """Sign a disk image, if there is a name to sign with."""
    if identity := environment.get(IDENTITY, ""):
        run(["codesign", "--force", "--sign", identity, "--timestamp", str(image)])


def notarise(image: Path, environment: Mapping[str, str] = os.environ, run: Run = run) -> bool:
    """Have Apple look over a disk image and staple its ticket to it; return whether that was done.

    Raises `SystemExit` with Apple's log if it is refused: notarytool itself ends well then, too.
    """
    key, key_id, issuer = (environment.get(name, "") for name in (KEY, KEY_ID, ISSUER))
    if not (environment.get(IDENTITY) and key and key_id and issuer):
        print(f"Not notarised: {IDENTITY}, {KEY}, {KEY_ID} and {ISSUER} are not all set.")
        return False
    who = ["--key", key, "--key-id", key_id, "--issuer", issuer]
    told = json.loads(
        run(["xcrun", "notarytool", "submit", str(image), *who, "--wait", "--timeout", "1h", "--output-format", "json"])
    )
    if told.get("status") != "Accepted":
        log = run(["xcrun", "notarytool", "log", str(told.get("id", "")), *who]) if told.get("id") else ""
        raise SystemExit(f"Apple has not accepted {image.name} ({told.get('status')}).\n{log}")
    run(["xcrun", "stapler", "staple", str(image)])
    run(["xcrun", "stapler", "validate", str(image)])
    run(["spctl", "--assess", "--type", "open", "--context", "context:primary-signature", str(image)])
    return True


def _main_files(bundle: Path) -> list[Path]:
    if bundle.suffix == ".app":
        info = plistlib.loads((bundle / "Contents/Info.plist").read_bytes())
        return [bundle / "Contents/MacOS" / info["CFBundleExecutable"]]
    return [path for path in bundle.glob(f"Versions/*/{bundle.stem}") if not path.parent.is_symlink()]


def _is_code(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as opened:
        head = opened.read(4)
    return len(head) == 4 and struct.unpack(">I", head)[0] in _MAGIC


def _through_link(path: Path, application: Path) -> bool:
    """Whether a folder on the way to a path is a link: what lies there is found at its own place as well."""
    return any(parent.is_symlink() for parent in path.parents if application in parent.parents)
