"""The built-in engine: finds, starts, watches and stops a llama.cpp server process on loopback."""
