"""Sidebar with the conversation list."""
