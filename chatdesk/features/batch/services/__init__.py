"""Batch runs and their journal."""
