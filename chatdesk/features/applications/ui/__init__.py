"""The input form of an application above the composer."""
