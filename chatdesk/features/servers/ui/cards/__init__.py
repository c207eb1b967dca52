"""Settings section of servers: cards, search, tests."""
