"""Errors as values."""

from chatdesk.kernel.errors import base as errors


def test_errors_can_be_hashed_and_printed() -> None:
    error = errors.ModelNotFound("Ollama", "http://x", "m")
    assert hash(error)
    assert "model='m'" in str(error)
