"""Reads the heads of GGUF files within bounds, without their tensors."""
