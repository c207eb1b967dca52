"""The translation page: source and result side by side, with a glossary."""
