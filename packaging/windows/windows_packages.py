"""Makes what people install on Windows of the bundle in dist/chatdesk: `python dev.py build --packages`.

  chatdesk-VERSION-windows-x64-setup.exe      the installer, for one person or for all (chatdesk.iss; needs Inno Setup 6.6 or newer)
  chatdesk-VERSION-windows-x64-portable.zip   to be unpacked anywhere; keeps everything in its folder `data`
  winget/                                     manifests, if CHATDESK_ADDRESS says where the release will lie

Program files are signed first, if the environment says how (signing.py). Not run on Windows so far; the installer was, under Wine.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from subprocess import run

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "bundle")]

import product  # noqa: E402 - lies beside this folder
import signing  # noqa: E402 - lies beside this file
import winget  # noqa: E402 - likewise

COMPILER_VARIABLE = "ISCC"
"""Environment variable: the compiler of Inno Setup, where it is in none of the usual places."""
_NO_COMPILER = f"""\
Inno Setup was not found, so no installer is made: install it, or name its ISCC.exe in {COMPILER_VARIABLE}."""
PORTABLE_FOLDER = "data"
"""As system/folders.py has it."""


def file_name(version: str, kind: str) -> str:
    """Return what a package is called, without its ending."""
    return f"chatdesk-{version}-windows-x64-{kind}"


def portable(bundle: Path, package: Path) -> None:
    """Pack the bundle into an archive, with the folder beside the program that makes it portable."""
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.mkdir(f"{product.NAME}/{PORTABLE_FOLDER}")
        for file in sorted(bundle.rglob("*")):
            if file.is_file():
                archive.write(file, f"{product.NAME}/{file.relative_to(bundle).as_posix()}")


def compiler(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return Inno Setup's compiler: the one that is named, on the path, or where its own installer puts it, the newest first."""
    if named := environment.get(COMPILER_VARIABLE):
        return named
    if found := shutil.which("ISCC", path=environment.get("PATH")):
        return found
    folders = [environment.get(name, "") for name in ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")]
    for version in (7, 6):
        for folder in filter(None, folders):
            for below in ("", "Programs"):
                file = Path(folder, below, f"Inno Setup {version}", "ISCC.exe")
                if file.is_file():
                    return str(file)
    return None


def installer_command(
    compiler: str, version: str, bundle: Path, icon: Path, output: Path, *, address: str, signed: bool
) -> list[str]:
    """Return the command that makes the installer. Its compiler calls signing.py for it and for the uninstaller inside."""
    defined = {
        "Version": version,
        "NumericVersion": ".".join(map(str, product.numeric_version(version))),
        "Bundle": bundle,
        "Output": output,
        "BaseName": file_name(version, "setup"),
        "Icon": icon.with_suffix(""),
        **({"Address": address} if address else {}),
        **({"Signed": "1"} if signed else {}),
    }
    command = [compiler, "/Qp", *(f"/D{name}={value}" for name, value in defined.items())]
    if signed:  # $q and $f: Inno Setup's quote and file
        command.append(f"/Schatdesk=$q{sys.executable}$q $q{HERE / 'signing.py'}$q $f")
    return [*command, str(HERE / "chatdesk.iss")]


def sha256(file: Path) -> str:
    """Return the checksum of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def main() -> None:
    """Make all, and say how large they are."""
    if not product.BUNDLE.is_dir():
        sys.exit("There is no bundle in dist/chatdesk. `python dev.py build` makes it.")
    version, address, words = product.version(), product.address(), signing.command()
    if words:
        signing.sign(signing.unsigned(product.BUNDLE), words)
    else:
        print(f"Not signed: {signing.VARIABLE} is not set.")
    packages = [product.DIST / f"{file_name(version, 'portable')}.zip"]
    portable(product.BUNDLE, packages[0])
    if found := compiler():
        from icons import write  # noqa: PLC0415 - lies in bundle/, and loads Qt

        icon, _ = write(product.ROOT / "build/icons")
        command = installer_command(
            found, version, product.BUNDLE, icon, product.DIST, address=address, signed=bool(words)
        )
        run(command, check=True)
        packages.append(product.DIST / f"{file_name(version, 'setup')}.exe")
        if address:
            write_manifests(version, address, packages[1])
        else:
            print(f"No manifests for winget: {product.ADDRESS_VARIABLE} does not say where the release will lie.")
    else:
        print(_NO_COMPILER)
    for package in packages:
        print(f"{package.stat().st_size / 1e6:8.1f} MB  {package.name}")


def write_manifests(version: str, address: str, installer: Path, folder: Path = product.DIST / "winget") -> None:
    """Write winget's manifests of an installer."""
    texts = {
        "name": product.NAME,
        "publisher": product.PUBLISHER,
        "copyright": product.COPYRIGHT,
        "summary": product.SUMMARY,
        "description": product.DESCRIPTION,
        "translations": {
            language.code.replace("_", "-"): product.translated_texts(language.code)
            for language in product.TRANSLATIONS
        },
        "tags": product.TAGS,
    }
    where = product.download(address, version, installer.name)
    winget.write(folder, winget.manifests(version, address, where, sha256(installer), texts))


if __name__ == "__main__":
    main()
