"""User interface of batch runs: the page with its rows. `features/batch/services/preset_batch.py` runs them."""
