"""Runs a batch and keeps its journal."""
