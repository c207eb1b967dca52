"""From the code of an answer to a runnable page: related files, the joined page, and its versions. Pure Python without Qt or network."""
