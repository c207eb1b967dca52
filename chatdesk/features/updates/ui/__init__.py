"""The card of newer versions and the section *About*."""
