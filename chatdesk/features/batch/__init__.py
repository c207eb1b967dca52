"""Batch: one preset over many inputs, which are files or rows of a table.

Open first:

- `services/preset_batch.py`: runs a batch
- `services/batch_journal.py`: stores its results on disk
- `ui/batch_page.py`: the page
- `domain/batch.py`: rows and states
"""
