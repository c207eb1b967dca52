"""Declaration of the variables of a prompt."""
