"""Order of messages in a file."""
