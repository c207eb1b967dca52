"""Measured speed of models, compared with the estimate."""
