"""Messages, conversations, requests and stream events."""
