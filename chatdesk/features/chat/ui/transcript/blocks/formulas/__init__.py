"""Formulas in the transcript."""
