"""Where messages are on the page, and painting what is in view."""
