"""llama.cpp's own server program, `llama-server`, as an engine."""
