"""From bytes to stream events: framing, decoding, reasoning tags."""
