"""The folders that tests read from, wherever the test itself lies."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
RESOURCES = ROOT / "resources"
PACKAGE = ROOT / "chatdesk"
DATA = ROOT / "tests" / "data"
CERTIFICATES = DATA / "tls"
"""A certificate that signs itself, its key, and what servers of tests need besides."""
