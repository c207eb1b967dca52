"""Where quick questions are stored."""
