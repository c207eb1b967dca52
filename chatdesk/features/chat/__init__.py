"""The chat: asking, answering, the transcript, the composer."""
