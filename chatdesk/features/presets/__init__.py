"""Library of prompt presets.

Open first:

- `services/presets.py`: the library
- `files/preset_file.py`, `files/preset_writer.py`: the file format of presets (docs/preset-files.md)
- `ui/library/library_presenter.py`: the library page
- `ui/preset_presenter.py`: using a preset in a chat
- `importing/reading.py`: import of presets from other programs
"""
