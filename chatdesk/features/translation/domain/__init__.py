"""Translated document: segments, sentences, languages, terms and format checks. Values and pure functions."""
