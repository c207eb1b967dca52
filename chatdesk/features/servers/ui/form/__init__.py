"""Server form."""
