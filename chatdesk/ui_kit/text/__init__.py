"""Text for display: names, numbers, links."""
