"""The page of the library: shelves, list, details."""
