"""Models to download: cards of the catalogue, and the search on hubs."""
