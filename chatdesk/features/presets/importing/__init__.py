"""Import of presets from files of other programs. All code here is pure parsing of bytes and runs in a separate process.

`reading.py` is the entry point, `entries.py` converts entries to presets, `limits.py` defines the limits; one module for each format.
"""
