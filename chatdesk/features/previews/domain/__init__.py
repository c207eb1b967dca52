"""From the code of an answer to what can run: what belongs together, the one page it becomes, its versions. Pure: no Qt, no network."""
