"""The sidebar, its pages, and their presenters."""
