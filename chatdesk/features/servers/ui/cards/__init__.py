"""The settings section of servers: cards, search, tests."""
