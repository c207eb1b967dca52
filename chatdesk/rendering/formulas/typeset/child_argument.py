"""The word that makes a frozen program the process that sets formulas, in a file of its own: every start looks for it."""

FORMULA_CHILD_ARGUMENT = "--chatdesk-formula-child"
"""First argument of that process; app/command_line.py asks for it before anything else."""
