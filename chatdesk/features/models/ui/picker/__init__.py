"""Model picker."""
