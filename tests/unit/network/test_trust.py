import ssl

from chatdesk.network.trust import empty_ssl_context, trusted_ca_certificates


def test_certificates_and_names_are_always_checked():
    for context in (trusted_ca_certificates(), empty_ssl_context()):
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname


def test_authorities_are_there_for_tls_and_none_without_it():
    assert trusted_ca_certificates().cert_store_stats()["x509_ca"] > 50
    assert empty_ssl_context().cert_store_stats()["x509_ca"] == 0
