"""Blocks of text, code and tables: their lines, sizes and painting. Nothing here knows whose message it draws."""
