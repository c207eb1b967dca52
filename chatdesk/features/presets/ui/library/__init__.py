"""The library page: filters, list and details."""
