"""Pictures in the transcript."""
