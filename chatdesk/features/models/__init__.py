"""Models: the picker, the page, downloads, management, speed, and the built-in engine."""
