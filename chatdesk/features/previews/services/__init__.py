"""Pages for the system browser, what pages store, and edited versions."""
