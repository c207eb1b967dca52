"""Reads the headers of GGUF files, within fixed limits, without their tensors."""
