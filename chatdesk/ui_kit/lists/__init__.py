"""Lists: scroll bars, search, long lists."""
