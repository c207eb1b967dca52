"""Preview of generated code: HTML pages, games, diagrams, tables.

Open first:

- `domain/recognition.py`: which code of an answer can run
- `domain/pages.py`: the page it becomes
- `web_engine/run.py`: one run in the sandbox (docs/preview-proof.md)
- `ui/preview_presenter.py`: opens pages in the panel
- `ui/panel/preview_panel.py`: the panel
"""
