"""Widgets and helpers that all features share. This package does not depend on any feature."""
