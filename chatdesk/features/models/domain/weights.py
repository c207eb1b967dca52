"""How large a file of weights is, from the count of parameters and the quantisation, for models whose file nobody has measured."""

from collections.abc import Mapping

BITS_PER_WEIGHT: Mapping[str, float] = {
    "F32": 32.0,
    "F16": 16.0,
    "BF16": 16.0,
    "Q8_0": 8.5,
    "Q6_K": 6.56,
    "Q5_K_M": 5.70,
    "Q5_K_S": 5.57,
    "Q5_0": 5.54,
    "Q4_K_M": 4.89,
    "Q4_K_S": 4.67,
    "Q4_1": 5.01,
    "Q4_0": 4.54,
    "Q3_K_M": 4.00,
    "Q2_K": 3.16,
    "MXFP4": 4.6,
}
"""Measured by llama.cpp on Llama 3.1 8B (tools/quantize/README.md). Mixed quantisations keep some layers finer, so that the figure
differs by model: up to 5 % between 7 and 671 billion parameters, up to 20 % below two, where the vocabulary is a large part."""


def weights_bytes(parameters: int, quantization: str) -> int | None:
    """Return the size of the file; None for a quantisation that is not known here."""
    bits = BITS_PER_WEIGHT.get(quantization.upper())
    return round(parameters * bits / 8) if bits else None
