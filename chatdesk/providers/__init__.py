"""Model providers: one module per wire protocol, the network interface (`http.py`), framing, reasoning tags, the vendor catalogue."""
