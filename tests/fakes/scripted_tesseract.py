"""A program that behaves like Tesseract: it says what it was given instead of recognising letters."""

import sys
from pathlib import Path

_PROGRAM = """#!{python}
import sys, time
from pathlib import Path

if sys.argv[1:] == ["--list-langs"]:
    print("List of available languages (3):", "chi_sim", "eng", "osd", sep="\\n")
    sys.exit()
picture = sys.stdin.buffer.read()
kind, width, height, most = picture.split(None, 4)[:4]
pixels = picture[-int(width) * int(height):]
shade = pixels[len(pixels) // 2]
place = Path(__file__).parent
(place / "arguments").write_text(" ".join(sys.argv[1:]))
if (place / "wait").exists():
    (place / "started").touch()
    time.sleep(600)
if (place / "fail").exists():
    sys.exit("Error opening data file")
print(f"Recognised {{kind.decode()}}, {{max(int(width), int(height))}} pixels, shade {{shade}}. 中 文 字 符\\f")
"""


def write_tesseract(folder: Path) -> Path:
    """Write the program into a folder and return its path. With a file `wait` next to it, it never ends; with `fail`, it fails."""
    program = folder / "tesseract"
    program.write_text(_PROGRAM.format(python=sys.executable), "utf-8")
    program.chmod(0o700)
    return program
