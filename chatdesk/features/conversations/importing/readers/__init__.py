"""Readers of the files of other programs, one module for each. `programs.py` lists them."""
