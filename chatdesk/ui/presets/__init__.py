"""The preset library's page."""
