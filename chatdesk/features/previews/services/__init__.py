"""Pages for the system browser, data stored by pages, and versions edited by the user."""
