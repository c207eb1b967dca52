"""Layouts of text, code, tables and other blocks: lines, sizes and painting. They do not know whose message they draw."""
