"""Code editor and syntax highlighting."""
