"""What can go wrong with models that a server passes on to a cloud of its maker, as types carrying data, as in `errors.py`."""

from chatdesk.kernel.errors.base import KeyRejected
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(eq=False)
class SignInNeeded(KeyRejected):
    """401, and the server names the page where a person signs in (Ollama, for models of its cloud)."""

    sign_in_url: str = ""
