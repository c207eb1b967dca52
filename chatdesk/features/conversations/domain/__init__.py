"""The order of messages in a file."""
