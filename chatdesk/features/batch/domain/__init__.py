"""The rows of a batch, as values."""
