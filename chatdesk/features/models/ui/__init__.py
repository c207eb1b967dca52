"""Everything about models on the screen."""
