"""Quick questions: a small window for one question."""
