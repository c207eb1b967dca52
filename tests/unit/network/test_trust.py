import ssl

from chatdesk.network.trust import no_authorities, trusted_authorities


def test_certificates_and_names_are_always_checked():
    for context in (trusted_authorities(), no_authorities()):
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname


def test_authorities_are_there_for_tls_and_none_without_it():
    assert trusted_authorities().cert_store_stats()["x509_ca"] > 50
    assert no_authorities().cert_store_stats()["x509_ca"] == 0
