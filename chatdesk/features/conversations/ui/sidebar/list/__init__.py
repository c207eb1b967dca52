"""The list of conversations: model, delegate, drag and drop."""
