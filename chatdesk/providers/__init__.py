"""Model providers: a package for each wire protocol, streaming with reasoning tags, errors, and the vendor catalogue."""
