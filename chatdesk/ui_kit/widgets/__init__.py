"""Buttons, chips, sheets, popups, toasts."""
