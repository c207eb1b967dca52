"""Newer versions of Chatdesk."""
