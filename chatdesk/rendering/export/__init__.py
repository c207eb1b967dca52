"""Export of blocks to Markdown, HTML and plain text."""
