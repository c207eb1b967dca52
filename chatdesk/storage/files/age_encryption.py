"""Encryption with a passphrase, in the age format (age-encryption.org), which the program `age` reads as well.

The passphrase protects a key (`ProtectedKey`, the file `chatdesk-key.age`), and the key encrypts the files:
`age --decrypt -i chatdesk-key.age FILE.age` asks for the passphrase. Deriving the protection from a passphrase takes seconds and up to 1 GB
of memory, which is what makes guessing expensive, and pyrage holds Python's lock meanwhile, so it is done in a child process, and
only when a key is made or brought to this computer. Files are encrypted with the public part of the key alone, at any size in little
memory, so that backups are made without asking for anything.
"""

import base64
import gc
import hashlib
import json
import os
import time
from collections.abc import Callable
from dataclasses import field
from pathlib import Path
from typing import BinaryIO, NoReturn

from chatdesk.kernel.aio.child_process import ChildProcess
from chatdesk.kernel.aio.child_program import PASSPHRASE_CHILD, begin_child, exit_with_parent
from chatdesk.kernel.errors.backup_errors import BackupDamaged, EncryptionFailed, KeyNotKnown, PassphraseWrong
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.files.file_writing import create_private_file, force_to_disk

KEY_NAME = "chatdesk-key.age"
"""Name of the protected key in a folder with encrypted files."""
SUFFIX = ".age"
MAX_KEY_BYTES = 16 * 1024
_NONCE_BYTES, _TAG_BYTES, _CHUNK_BYTES = 16, 16, 64 * 1024
_SECONDS = 60.0
_FORCED_BYTES = 16 * 1024 * 1024
_REST_SECONDS = 0.005
_TOO_SLOW = "too slow"
_MORE_ATTEMPTS = 2
"""pyrage measures how fast this computer is, and refuses a key that would need too long: a busy one may need more attempts."""
_EXCESSIVE_WORK = "Excessive work"
"""How pyrage says so."""
_WRONG_PASSPHRASE = "Decryption failed"  # noqa: S105 - a message, not a password
"""How pyrage says so; it has other words for damaged files."""


@dataclass(frozen=True, slots=True)
class AgeKey:
    """A key. Its secret part decrypts and is kept in the system's keyring; whoever has the public part can only encrypt."""

    secret: str = field(repr=False)
    """`AGE-SECRET-KEY-1…`."""
    public: str
    """`age1…`. It is not published either: only those who know it can add files that this key opens."""

    @classmethod
    def of(cls, secret: str) -> "AgeKey":
        """Return the key with this secret part. Raise `BackupDamaged` if it is none."""
        import pyrage  # noqa: PLC0415 - rarely needed

        try:
            return cls(secret, str(pyrage.x25519.Identity.from_str(secret).to_public()))
        except pyrage.IdentityError as error:
            raise BackupDamaged(reason="not an age key") from error

    @classmethod
    def matching(cls, secret: str, public: str) -> "AgeKey | None":
        """Return the key with this secret part; None if it is no key, or its public part is another one."""
        try:
            key = cls.of(secret) if secret else None
        except BackupDamaged:
            return None
        return key if key and key.public == public else None

    def name_for(self, sha256: str) -> str:
        """Return `hidden_name` with this key."""
        return hidden_name(sha256, self.public)


@dataclass(frozen=True, slots=True)
class ProtectedKey:
    """A key, encrypted with a passphrase: an age file in text form, which is safe to store next to what it protects."""

    content: bytes


def hidden_name(sha256: str, public: str) -> str:
    """Return a name for an encrypted file that does not reveal its content's hash to those who do not know the public key."""
    return hashlib.sha256(f"{public} {sha256}".encode()).hexdigest()


def encrypted_size(size: int) -> int:
    """Return the bytes of an encrypted file of `size` bytes, without its header: each chunk of 64 KiB has an authentication tag."""
    return _NONCE_BYTES + size + _TAG_BYTES * max(1, -(-size // _CHUNK_BYTES))


async def make_key(passphrase: str) -> tuple[AgeKey, ProtectedKey]:
    """Return a new key and its protected form. Raise `EncryptionFailed`."""
    answer = await _ask({"passphrase": passphrase})
    return AgeKey.of(str(answer["secret"])), ProtectedKey(base64.b64decode(str(answer["protected"])))


async def open_key(protected: ProtectedKey, passphrase: str) -> AgeKey:
    """Return the key that a passphrase protects. Raise `PassphraseWrong`, `BackupDamaged` or `EncryptionFailed`."""
    request = {"passphrase": passphrase, "protected": base64.b64encode(protected.content).decode()}
    answer = await _ask(request)
    for _ in range(_MORE_ATTEMPTS):
        if answer.get("problem") == _TOO_SLOW:
            answer = await _ask(request)
    match answer.get("problem"):
        case None:
            return AgeKey.of(str(answer["secret"]))
        case "passphrase":
            raise PassphraseWrong
        case problem if problem == _TOO_SLOW:
            raise EncryptionFailed
        case problem:
            raise BackupDamaged(path=KEY_NAME, reason=str(problem))


def encrypt_file(source: Path, target: Path, public: str, check: Callable[[], object] = lambda: None) -> None:
    """Encrypt a file into the private file `target`. Blocks; `check` is called often and can end it with an exception.

    Raise `OSError`; then there is no `target`.
    """
    import pyrage  # noqa: PLC0415 - rarely needed

    recipient = pyrage.x25519.Recipient.from_str(public)
    _convert(source, target, check, lambda reading, writing: pyrage.encrypt_io(reading, writing, [recipient]))


def decrypt_file(source: Path, target: Path, key: AgeKey, check: Callable[[], object] = lambda: None) -> None:
    """Decrypt a file into the private file `target`. Blocks; `check` is called often and can end it with an exception.

    Raise `KeyNotKnown` if it is for another key, `BackupDamaged`, or `OSError`; then there is no `target`.
    """
    import pyrage  # noqa: PLC0415 - rarely needed

    identity = pyrage.x25519.Identity.from_str(key.secret)

    def decrypt(reading: "_Stream", writing: "_Stream") -> None:
        try:
            pyrage.decrypt_io(reading, writing, [identity])
        except pyrage.DecryptError as error:
            if "No matching keys" in str(error):
                raise KeyNotKnown from error
            raise BackupDamaged(path=str(source), reason=str(error)) from error
        except OSError as error:  # how pyrage reports a damaged body
            raise BackupDamaged(path=str(source), reason=str(error)) from error

    _convert(source, target, check, decrypt)


def _convert(
    source: Path,
    target: Path,
    check: Callable[[], object],
    convert: "Callable[[_Stream, _Stream], object]",
) -> None:
    target.unlink(missing_ok=True)
    create_private_file(target)
    try:
        with source.open("rb") as reading, target.open("wb") as writing:
            streams = _Stream(reading, check), _Stream(writing, check)
            try:
                convert(*streams)
            except Exception:
                for stream in streams:
                    if stream.error:  # pyrage replaces it
                        raise stream.error from None
                raise
        force_to_disk(target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


class _Stream:
    """A file for pyrage that keeps its error. Its methods are Python functions, at which other threads get their turn."""

    def __init__(self, file: BinaryIO, check: Callable[[], object]) -> None:
        self.error: Exception | None = None
        self._file = file
        self._check = check
        self._unforced = 0

    def read(self, size: int = -1) -> bytes:
        try:
            self._check()
            return self._file.read(size)
        except Exception as error:
            self.error = error
            raise

    def write(self, data: bytes) -> int:
        try:
            self._check()
            self._unforced += len(data)
            if (
                self._unforced > _FORCED_BYTES
            ):  # a large file, forced to the disk at once, would delay other writes by seconds
                self._unforced = 0
                self._file.flush()
                os.fsync(self._file.fileno())
                time.sleep(_REST_SECONDS)
            return self._file.write(data)
        except Exception as error:
            self.error = error
            raise

    def flush(self) -> None:
        try:
            self._file.flush()
        except Exception as error:
            self.error = error
            raise


async def _ask(request: dict[str, str]) -> dict[str, object]:
    answers: list[dict[str, object]] = []
    line = json.dumps(request).encode("ascii") + b"\n"
    try:
        process = ChildProcess(PASSPHRASE_CHILD.command(), "passphrase", _answer, answers.append, first=line)
    except OSError as error:
        raise EncryptionFailed from error
    try:
        await process.wait(_SECONDS)
    finally:
        await process.end()
    if not answers:
        raise EncryptionFailed
    return answers[0]


def _answer(line: bytes) -> dict[str, object]:
    answer = json.loads(line)
    if not isinstance(answer, dict):
        raise ValueError("not an answer")  # noqa: TRY004 - what the reader of lines expects
    return answer


# In the child process.


def main() -> NoReturn:
    """Make or open the key that the first line of standard input asks for, and exit; at once when standard input is closed."""
    gc.disable()
    requests, channel = begin_child()
    request = json.loads(requests.readline())
    exit_with_parent(requests)
    channel.write(json.dumps(_perform(request)).encode("ascii") + b"\n")
    channel.flush()
    os._exit(0)  # the watching thread would wait for the program


def _perform(request: dict[str, str]) -> dict[str, str]:
    import pyrage  # noqa: PLC0415 - the program is watched before

    passphrase = request["passphrase"]
    if "protected" in request:
        try:
            text = pyrage.passphrase.decrypt(base64.b64decode(request["protected"]), passphrase).decode()
        except (pyrage.DecryptError, OSError, UnicodeDecodeError) as error:
            if str(error).startswith(_EXCESSIVE_WORK):
                return {"problem": _TOO_SLOW}
            return {"problem": "passphrase" if str(error) == _WRONG_PASSPHRASE else str(error)}
        secrets = [line for line in text.splitlines() if line.startswith("AGE-SECRET-KEY-")]
        return {"secret": secrets[0]} if secrets else {"problem": "no key in it"}
    identity = pyrage.x25519.Identity.generate()
    text = f"# public key: {identity.to_public()}\n{identity}\n"
    protected = pyrage.passphrase.encrypt(text.encode(), passphrase, armored=True)
    return {"secret": str(identity), "protected": base64.b64encode(protected).decode()}


if __name__ == "__main__":
    main()
