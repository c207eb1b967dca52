"""Finding words in the chat being shown: what is looked for, the search in slices, the bar, and going from hit to hit."""
