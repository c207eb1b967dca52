"""What Windows wants inside a program file: its version and names, and a manifest. The bundle's spec asks; nothing here knows PyInstaller.

Not run on Windows so far. Read against Microsoft's "VERSIONINFO resource" and "Application manifests".
"""

from __future__ import annotations

import re

ENGLISH, UNICODE = 0x0409, 1200


def version_resource(name: str, numbers: tuple[int, int, int, int], texts: dict[str, str]) -> str:
    """Return the version resource of the program file `name`, in the form that PyInstaller reads. `texts`: product, publisher and so on."""
    strings = {
        "CompanyName": texts["publisher"],
        "FileDescription": texts["product"],  # what the task manager shows
        "FileVersion": texts["version"],
        "InternalName": name,
        "LegalCopyright": texts["copyright"],
        "OriginalFilename": f"{name}.exe",
        "ProductName": texts["product"],
        "ProductVersion": texts["version"],
    }
    pairs = ",\n        ".join(f"StringStruct({key!r}, {value!r})" for key, value in strings.items())
    return f"""\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([
      StringTable('{ENGLISH:04X}{UNICODE:04X}', [
        {pairs}
      ])
    ]),
    VarFileInfo([VarStruct('Translation', [{ENGLISH}, {UNICODE}])]),
  ],
)
"""


def manifest(usual: str) -> str:
    """Return PyInstaller's usual manifest with a sharp window on each screen added; long paths and Windows' versions it has already.

    Raises `ValueError` if it has no long paths: then its form has changed, and so must this.
    """
    found = re.search(r'<longPathAware xmlns="([^"]+)">true</longPathAware>', usual)
    if not found:
        raise ValueError("PyInstaller's manifest has another form")
    return usual.replace(
        found[0], f'{found[0]}\n      <dpiAwareness xmlns="{found[1]}">PerMonitorV2, PerMonitor</dpiAwareness>'
    )
