"""HTTP and what lies below it: proxies, trust, time limits, the network thread."""
