"""Finding things by what is typed: folded texts, ranking of names, and search queries."""
