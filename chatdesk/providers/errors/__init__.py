"""What the error replies of servers mean."""
