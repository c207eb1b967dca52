"""The index of passages of documents, in a file of its own that can be thrown away at any time."""
