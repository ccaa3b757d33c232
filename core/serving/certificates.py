"""Https on the local network without anybody else: an own root certificate, and one for this machine below it.

The root may only vouch for private addresses and local names, so that a phone which trusts it risks nothing elsewhere.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from core import clock

ROOT_LASTS = timedelta(days=3652)
LEAF_LASTS = timedelta(days=397)  # phones refuse what lasts longer
RENEW_BEFORE = timedelta(days=30)
PRIVATE: tuple[IPv4Network | IPv6Network, ...] = tuple(
    ip_network(net) for net in ("10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16")
) + tuple(ip_network(net) for net in ("100.64.0.0/10", "::1/128", "fc00::/7", "fe80::/10"))
LOCAL_NAMES = ("localhost", "local")

Name = str | IPv4Address | IPv6Address


@dataclass(frozen=True)
class Certificates:
    """Where the certificates lie: what a phone must trust, and what the web server shows."""

    root: Path
    leaf: Path
    key: Path


def certificates(folder: Path, hosts: Iterable[str]) -> Certificates:
    """The certificates for these addresses and names, made or renewed in `folder` where needed.

    Raises ValueError for a host that the root may not vouch for: no private address, not localhost, not `….local`.
    """
    names = {_name(host) for host in hosts}
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = Certificates(folder / "root.crt", folder / "leaf.crt", folder / "leaf.key")
    root, root_key = _root(made.root, folder / "root.key")
    if not _still_good(made.leaf, made.key, names, root):
        _make_leaf(made, names, root, root_key)
    return made


def may_vouch_for(host: str) -> bool:
    """Whether the root's own limits allow this host."""
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".local")
    return any(address in net for net in PRIVATE)


def _name(host: str) -> Name:
    if not may_vouch_for(host):
        raise ValueError(f"{host} is not an address of a home or office network")
    try:
        return ip_address(host)
    except ValueError:
        return host


def _root(file: Path, key_file: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    if file.exists() and key_file.exists():
        root = x509.load_pem_x509_certificate(file.read_bytes())
        if root.not_valid_after_utc > clock.now() + LEAF_LASTS:
            return root, _load_key(key_file)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Buurtspoor ({clock.today().isoformat()})")])
    limits = [x509.IPAddress(net) for net in PRIVATE] + [x509.DNSName(name) for name in LOCAL_NAMES]
    root = (
        _begin(subject, subject, key.public_key(), ROOT_LASTS, clock.now())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(sign=False), critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=limits, excluded_subtrees=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write_key(key_file, key)
    _write(file, root.public_bytes(serialization.Encoding.PEM))
    return root, key


def _still_good(leaf_file: Path, key_file: Path, names: set[Name], root: x509.Certificate) -> bool:
    if not (leaf_file.exists() and key_file.exists()):
        return False
    leaf = x509.load_pem_x509_certificate(leaf_file.read_bytes())
    held = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    named = set(held.get_values_for_type(x509.DNSName)) | set(held.get_values_for_type(x509.IPAddress))
    signer = leaf.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier
    own = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    return named == names and signer == own and leaf.not_valid_after_utc > clock.now() + RENEW_BEFORE


def _make_leaf(
    made: Certificates, names: set[Name], root: x509.Certificate, root_key: ec.EllipticCurvePrivateKey
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Buurtspoor on this network")])
    alternatives = [x509.DNSName(name) if isinstance(name, str) else x509.IPAddress(name) for name in names]
    leaf = (
        _begin(subject, root.subject, key.public_key(), LEAF_LASTS, clock.now())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(sign=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    _write_key(made.key, key)
    _write(made.leaf, leaf.public_bytes(serialization.Encoding.PEM))


def _begin(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, lasts: timedelta, now: datetime
) -> x509.CertificateBuilder:
    begins = now - timedelta(hours=1)  # a phone's clock may be a little behind
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + lasts)
    )


def _usage(*, sign: bool) -> x509.KeyUsage:
    """What a key may do: a leaf signs handshakes, a root signs certificates."""
    return x509.KeyUsage(
        digital_signature=sign,
        key_cert_sign=not sign,
        crl_sign=not sign,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _load_key(file: Path) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{file} is not a key that was made here")
    return key


def _write_key(file: Path, key: ec.EllipticCurvePrivateKey) -> None:
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)  # as granian wants it
    _write(file, pem)


def _write(file: Path, content: bytes) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    fresh = file.with_suffix(f"{file.suffix}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
    fresh.replace(file)
