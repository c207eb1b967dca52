"""Conversation list: model, delegate, drag and drop."""
