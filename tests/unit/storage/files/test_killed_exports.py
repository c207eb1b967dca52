"""A program that is killed while it saves an exported file: the old file is there, or the new one, and never a part of one."""

import hashlib
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tests.own_time import PROCESS_TIMEOUT
from tests.paths import ROOT

_KILLS = 4
_CHILD = """
import hashlib
import sys
from datetime import UTC, datetime
from pathlib import Path
from chatdesk.rendering.export.office.word_document import WordDocument
from chatdesk.rendering.export.office.word_styles import Looks
from chatdesk.rendering.markdown.markdown import parse
from chatdesk.storage.files.file_writing import write_exported_file

path = Path(sys.argv[1])
contents = []
for words in ("short", "".join(map(str, range(300_000)))):
    document = WordDocument("A chat", Looks("en"), datetime.now(UTC))
    document.blocks(parse(words))
    contents.append(document.packed())
print(*(hashlib.sha256(content).hexdigest() for content in contents), flush=True)
while True:
    for content in contents:
        write_exported_file(path, content)
"""


@pytest.mark.parametrize("seed", range(_KILLS))
def test_a_killed_program_leaves_a_whole_file(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "chat.docx"
    path.write_bytes(b"old")
    child = subprocess.Popen([sys.executable, "-c", _CHILD, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert child.stdout is not None
        known = child.stdout.readline()
        time.sleep(random.Random(seed).uniform(0, 0.3))
    finally:
        child.kill()
        child.communicate(timeout=PROCESS_TIMEOUT)
    content = path.read_bytes()
    assert hashlib.sha256(content).hexdigest() in {*known.split(), hashlib.sha256(b"old").hexdigest()}
    if content != b"old":
        assert zipfile.ZipFile(path).testzip() is None
