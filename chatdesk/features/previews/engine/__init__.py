"""Generated pages run here: the only code that imports QtWebEngine."""
