"""Presets out of files that other programs wrote. Everything here takes bytes, asks nobody, and runs in a process of its own.

`reading.py` is the way in; what an entry becomes: `entries.py`; how far anything goes: `limits.py`; one file for each format.
"""
