"""Vendors and model rules as data."""
