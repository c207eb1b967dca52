"""Passages of documents that are relevant for a question: the index is kept up to date, and searched."""
