"""Where secrets are kept: in the system's keyring, or in memory while that cannot keep them."""

from enum import Enum, auto

from chatdesk.kernel.fast_dataclass import dataclass


class SecretStorage(Enum):
    """Where the secrets of folders are kept."""

    KEYRING = auto()
    NO_KEYRING = auto()
    """In memory for this run, because the system has no keyring that we trust."""
    UNUSABLE = auto()
    """In memory for this run, because the keyring is locked, does not respond or did not accept the secret."""


@dataclass(frozen=True, slots=True)
class PasswordState:
    """What is known of the password for a folder on a server. `is_known` is whether it need not be typed again."""

    storage: SecretStorage
    is_known: bool = False
