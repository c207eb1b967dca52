"""Sandbox that runs generated pages: the only package that imports QtWebEngine."""
