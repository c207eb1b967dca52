"""Whether a model fits a machine: the sum of what it needs, a verdict, an estimate of its speed, which variant is best. No reading here."""
