"""The wording of errors."""
