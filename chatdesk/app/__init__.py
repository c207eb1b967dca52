"""Start-up: wiring by hand, event loop, crash handling, command line."""
