"""Reading, storing and preparing what is sent with a message."""
