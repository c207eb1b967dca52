"""What is sent to a model: context, summary, reasoning, formulas."""
