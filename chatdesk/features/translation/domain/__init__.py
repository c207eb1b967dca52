"""A translated text: its segments, sentences, languages, terms, and what must stay the same in it. Values and pure functions."""
