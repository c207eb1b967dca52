"""Qt widgets, one folder per place on the screen."""
