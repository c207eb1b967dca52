"""A preset over many inputs: the page with its rows. The run itself is `features/batch/services/preset_batch.py`."""
