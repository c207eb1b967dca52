"""The built-in engine: finds, starts, watches and stops a llama.cpp server process on the loopback interface."""
