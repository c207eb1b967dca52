"""One preset over many inputs: files or rows of a table."""
