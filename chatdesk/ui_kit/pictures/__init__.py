"""Pictures: decoding within limits, caching, animation, and preparation for sending."""
