"""Streaming: from bytes to stream events (framing, decoding, reasoning tags)."""
