"""Running generated code: HTML pages, games, diagrams, tables."""
