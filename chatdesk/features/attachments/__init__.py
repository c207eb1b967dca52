"""Files and pictures that are sent with a message."""
