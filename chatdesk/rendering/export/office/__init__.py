"""Files of Word and Excel (Office Open XML, ECMA-376), written without a library: what is needed of the format is a few kilobytes."""
