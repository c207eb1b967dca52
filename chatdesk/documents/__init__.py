"""Reading of documents in a separate process, so that a damaged or crafted file ends the reader and not the program.

`process.py` is the program's side, `child.py` the other one; `readers/` has a module for each format.
"""
