"""HTTP and the layers below it: proxies, trusted certificates, timeouts, the network thread."""
