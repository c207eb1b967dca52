"""One preset over many inputs: files, or rows of a table.

Open first:

- `services/preset_batch.py`: runs a batch
- `services/batch_journal.py`: keeps its results on disk
- `ui/batch_page.py`: the page
- `domain/batch.py`: rows and states
"""
