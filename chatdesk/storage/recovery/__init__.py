"""Recovery: backups, and the salvage of damaged databases."""
