"""Code blocks: lines, colours, line numbers, header."""
