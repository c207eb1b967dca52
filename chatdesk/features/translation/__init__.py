"""Translation: source and result side by side, with a glossary.

Open first:

- `services/translation.py`: translates row by row
- `services/translation_session.py`: document and undo
- `domain/segments.py`: splits a text into rows
- `ui/translation_page.py`: the page
- `ui/glossary_view.py`: the glossary
"""
