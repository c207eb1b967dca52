"""A preset over many inputs: the page with its rows. The run itself is `services/preset_batch.py`."""
