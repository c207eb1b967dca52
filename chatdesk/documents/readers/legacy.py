"""Old formats (.doc, .ppt, .wps): converted by an installed LibreOffice into a format that can be read.

LibreOffice gets a profile of its own, in which macros, updates of links and the network are turned off. On Linux it also runs without a
network where the system allows that. It is ended with this process, see `process.py`.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape

from chatdesk.documents.readers.reading import DocumentReading, ReadingProblem, UnreadableDocument
from chatdesk.documents.readers.slides import read_slides
from chatdesk.documents.readers.word import read_word
from chatdesk.kernel.aio.child_program import outside_environment
from chatdesk.kernel.chat.attachments import MAX_DOCUMENT_BYTES
from chatdesk.kernel.documents.kinds import DocumentKind
from chatdesk.kernel.text.regular_file import read_whole

_TARGETS = {DocumentKind.WORD: ("docx", read_word), DocumentKind.SLIDES: ("pptx", read_slides)}
_COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How a file with streams begins ([MS-CFB] 2.2)."""
_STREAMS = tuple(
    name.encode("utf-16-le") for name in ("WordDocument", "PowerPoint Document", "CONTENTS", "MatOST", "MN0")
)
"""The main streams of Word, PowerPoint and Works documents."""
_PROBE_BYTES = 64 * 1024
"""Whether so much can be written tells a full disk from a document that LibreOffice cannot convert."""
_NOWHERE, _DISCARD_PORT = "127.0.0.1", 9
_SETTINGS: dict[str, dict[str, object]] = {
    "Office.Common/Security/Scripting": {
        "MacroSecurityLevel": 3,
        "DisableMacrosExecution": True,
        "DisableActiveContent": True,
        "BlockUntrustedRefererLinks": True,
    },
    "Office.Writer/Content/Update": {"Link": 2, "Field": False, "Chart": False},
    "Office.Calc/Content/Update": {"Link": 2},
    "Inet/Settings": {
        "ooInetProxyType": 2,
        "ooInetNoProxy": "",
        **{f"ooInet{scheme}ProxyName": _NOWHERE for scheme in ("HTTP", "HTTPS", "FTP")},
        **{f"ooInet{scheme}ProxyPort": _DISCARD_PORT for scheme in ("HTTP", "HTTPS", "FTP")},
    },
    "Office.Common/Misc": {"FirstRun": False, "CrashReport": False, "CollectUsageInformation": False},
}
"""By path: 2 means that links are never updated, and that the proxy is the one that is set here, which nobody answers."""

if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
else:
    _FLAGS = 0


def read_legacy(path: Path, kind: DocumentKind, ending: str, program: str, scratch: Path) -> DocumentReading:
    """Convert a document with `program`, and read the result. `scratch` is an empty folder, which the caller removes.

    `ending` is that of the document's name, such as `doc`.
    """
    target, read = _TARGETS[kind]
    source, result = scratch / f"document.{ending}", scratch / "result"
    data = read_whole(path, MAX_DOCUMENT_BYTES)
    if data.startswith(_COMPOUND_FILE) and not any(name in data for name in _STREAMS):
        # LibreOffice 26.8 reads what it does not recognise as plain text.
        raise UnreadableDocument(ReadingProblem.NOT_CONVERTED, "the file contains no document")
    with _copying():
        source.write_bytes(data)
        _write_profile(scratch / "profile")
    options = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard")
    command = [
        *_without_network(),
        program,
        f"-env:UserInstallation={(scratch / 'profile').as_uri()}",
        *options,
        *("--convert-to", target, "--outdir", str(result), str(source)),
    ]
    try:
        with _more_memory():
            process = subprocess.Popen(  # noqa: S603 - an installed program
                command,
                cwd=scratch,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=outside_environment(os.environ) | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch)),
                creationflags=_FLAGS,
            )
        with process:
            printed, _ = process.communicate()
    except OSError as error:
        raise UnreadableDocument(ReadingProblem.NOT_CONVERTED, str(error)) from error
    converted = result / f"document.{target}"
    if not converted.is_file():
        with _copying():
            (scratch / "probe").write_bytes(bytes(_PROBE_BYTES))
        raise UnreadableDocument(ReadingProblem.NOT_CONVERTED, printed.decode("utf-8", "replace").strip())
    return read(converted)


@contextmanager
def _copying() -> Iterator[None]:
    """Raise `UnreadableDocument` for a temporary file that cannot be written."""
    try:
        yield
    except OSError as error:
        raise UnreadableDocument(ReadingProblem.NO_COPY, error.strerror or str(error)) from error


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{_written(value)}</value></prop></item>'
        for path, values in _SETTINGS.items()
        for name, value in values.items()
    )
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        "utf-8",
    )


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else escape(str(value))


@contextmanager
def _more_memory() -> Iterator[None]:
    """Let a program that is started within have more memory than this process: all that `begin_child` allows. Only Linux limits it."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - Windows has none

        own, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_AS, (own, most))
    else:
        yield


def _without_network() -> list[str]:
    """Return the command that runs a program without a network; nothing where the system does not offer or allow it."""
    unshare = shutil.which("unshare") if sys.platform == "linux" else None
    if not unshare:
        return []
    command = [unshare, "--map-root-user", "--net"]
    try:
        subprocess.run([*command, "true"], check=True, capture_output=True, timeout=5)  # noqa: S603 - a tool of the system
    except (OSError, subprocess.SubprocessError):
        return []
    return command
