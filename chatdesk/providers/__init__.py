"""Ask a model: one file per wire protocol, one seam to the network (`http.py`), framing, the think-tag splitter, the vendor catalogue."""
