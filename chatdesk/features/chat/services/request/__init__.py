"""Building a model request: context, summary, reasoning; and the service that typesets formulas."""
