"""Declaring the variables of a prompt."""
