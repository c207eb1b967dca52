"""The form of an application above the composer."""
