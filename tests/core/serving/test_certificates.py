"""The own root certificate: kept, limited to this network, and enough for a browser's strict look."""

import ssl
import threading
import urllib.request
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from core.serving import handout
from core.serving.certificates import Certificates, certificates

HOSTS = {"127.0.0.1", "127.0.0.2", "localhost", "laptop.local", "192.168.1.20"}


def read(made: Certificates) -> tuple[bytes, bytes, bytes]:
    return made.root.read_bytes(), made.leaf.read_bytes(), made.key.read_bytes()


def test_a_second_start_keeps_everything(tmp_path: Path):
    assert read(certificates(tmp_path, HOSTS)) == read(certificates(tmp_path, HOSTS))


def test_another_address_renews_the_leaf_and_keeps_the_root(tmp_path: Path):
    root, leaf, _ = read(certificates(tmp_path, HOSTS))
    later_root, later_leaf, _ = read(certificates(tmp_path, HOSTS | {"192.168.1.21"}))
    assert later_root == root
    assert later_leaf != leaf


def test_the_leaf_is_renewed_before_it_ends_and_the_root_is_kept(tmp_path: Path, clock):
    root, leaf, _ = read(certificates(tmp_path, HOSTS))
    clock.advance(days=360)
    assert read(certificates(tmp_path, HOSTS))[1] == leaf
    clock.advance(days=10)
    later_root, later_leaf, _ = read(certificates(tmp_path, HOSTS))
    assert later_root == root
    assert later_leaf != leaf


@pytest.mark.parametrize("host", ["8.8.8.8", "buurtspoor.nl", "2001:db8::1"])
def test_it_vouches_for_nothing_outside_this_network(tmp_path: Path, host: str):
    with pytest.raises(ValueError, match="home or office"):
        certificates(tmp_path, {host})


def test_nobody_else_on_the_machine_reads_the_keys(tmp_path: Path):
    certificates(tmp_path / "certificates", HOSTS)
    assert {file.stat().st_mode & 0o077 for file in tmp_path.rglob("*.key")} == {0}


class Hello(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def serve(server: HTTPServer) -> HTTPServer:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost"])
def test_a_client_that_trusts_the_root_accepts_this_machine(tmp_path: Path, host: str):
    made = certificates(tmp_path, HOSTS)
    server = HTTPServer((host, 0), Hello)
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(made.leaf, made.key)
    server.socket = shown.wrap_socket(server.socket, server_side=True)
    serve(server)
    trust = ssl.create_default_context(cafile=str(made.root))
    trust.verify_flags |= ssl.VerifyFlags.VERIFY_X509_STRICT
    with urllib.request.urlopen(f"https://{host}:{server.server_port}/", context=trust, timeout=5) as answer:
        assert answer.status == 204
    server.shutdown()
    server.server_close()


def test_a_phone_gets_the_words_and_the_certificate_without_https(tmp_path: Path):
    made = certificates(tmp_path, HOSTS)
    server = serve(handout.server("127.0.0.1", 0, "https://192.168.1.20:8000/", made.root))
    address = f"http://127.0.0.1:{server.server_port}"
    with urllib.request.urlopen(address, timeout=5) as answer:
        page = answer.read().decode()
    assert 'lang="nl"' in page
    assert 'lang="en"' in page
    assert "https://192.168.1.20:8000/" in page
    with urllib.request.urlopen(address + handout.CERTIFICATE, timeout=5) as answer:
        assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
        assert answer.read() == ssl.PEM_cert_to_DER_cert(made.root.read_text())
    server.shutdown()
    server.server_close()


def test_the_leaf_lasts_no_longer_than_phones_accept(tmp_path: Path):
    from cryptography import x509

    leaf = x509.load_pem_x509_certificate(certificates(tmp_path, HOSTS).leaf.read_bytes())
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc <= timedelta(days=398)
