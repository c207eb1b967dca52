"""The library of prompt presets.

Open first:

- `services/presets.py`: the library
- `files/preset_file.py`, `files/preset_writer.py`: the format of a preset (docs/preset-files.md)
- `ui/library/library_presenter.py`: the page of the library
- `ui/preset_presenter.py`: using a preset in a chat
- `importing/reading.py`: presets of other programs
"""
