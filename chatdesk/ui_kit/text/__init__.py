"""Text for the screen: names, numbers, links."""
