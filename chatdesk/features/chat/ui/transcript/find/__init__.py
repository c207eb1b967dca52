"""Finding text in the chat being shown: the query, the search in slices, the bar, and moving between hits."""
