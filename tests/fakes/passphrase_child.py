"""The process that protects and opens keys, with new keys that are protected with little work.

pyrage chooses the work of a new key itself: about a second of a processor for each passphrase, again whenever the key is opened. What opens
a key does the work that the key states, so here only the protection of new keys is replaced, and pyrage opens them in the usual way.
Without `cryptography`, which only Linux needs (for its keyring), nothing is replaced.
"""

import base64
import hashlib
import hmac
import os
from importlib.util import find_spec

from chatdesk.storage.files import age_encryption

_LOG_OF_WORK = 10
_BLOCK, _KEY_BYTES, _LINE = 8, 32, 64


def protect(plain: bytes, passphrase: str, *, armored: bool) -> bytes:
    """Encrypt at most 64 KiB into an age file in text form, with the work factor 2^10. The arguments are those of pyrage."""
    assert armored
    file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    wrapping = hashlib.scrypt(
        passphrase.encode(),
        salt=b"age-encryption.org/v1/scrypt" + salt,
        n=1 << _LOG_OF_WORK,
        r=_BLOCK,
        p=1,
        dklen=_KEY_BYTES,
    )
    stanza = f"-> scrypt {_base64(salt)} {_LOG_OF_WORK}\n{_base64(_sealed(wrapping, bytes(12), file_key))}\n"
    header = f"age-encryption.org/v1\n{stanza}---"
    mac = hmac.digest(_derived(file_key, b"", b"header"), header.encode(), hashlib.sha256)
    last_chunk = bytes(11) + b"\x01"
    payload = nonce + _sealed(_derived(file_key, nonce, b"payload"), last_chunk, plain)
    return _armored(f"{header} {_base64(mac)}\n".encode() + payload)


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    """HKDF with SHA-256, for one block."""
    extracted = hmac.digest(salt or bytes(_KEY_BYTES), key, hashlib.sha256)
    return hmac.digest(extracted, purpose + b"\x01", hashlib.sha256)


def _sealed(key: bytes, nonce: bytes, plain: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415 - only on Linux

    return ChaCha20Poly1305(key).encrypt(nonce, plain, None)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")


def _armored(data: bytes) -> bytes:
    text = base64.b64encode(data).decode()
    lines = (text[start : start + _LINE] for start in range(0, len(text), _LINE))
    return "\n".join(("-----BEGIN AGE ENCRYPTED FILE-----", *lines, "-----END AGE ENCRYPTED FILE-----", "")).encode()


def is_possible() -> bool:
    """Whether keys can be protected with little work here."""
    return find_spec("cryptography") is not None


if __name__ == "__main__":
    import pyrage

    if is_possible():
        pyrage.passphrase.encrypt = protect
    age_encryption.main()
