"""Files to text or images a model can take."""
