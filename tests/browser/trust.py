"""Making Chromium trust a root certificate: an NSS database in an own home, written by the NSS that Chromium needs.

`python -m tests.browser.trust HOME ROOT.crt` does what `certutil -A -t C,,` would, without that package.
"""

import ctypes
import ctypes.util
import ssl
import sys
from pathlib import Path

VALID_CA, TRUSTED_CA = 1 << 3, 1 << 4  # CERTDB_VALID_CA, CERTDB_TRUSTED_CA


class Item(ctypes.Structure):
    _fields_ = [("type", ctypes.c_uint), ("data", ctypes.c_char_p), ("len", ctypes.c_uint)]


class CertificateTrust(ctypes.Structure):
    _fields_ = [("ssl", ctypes.c_uint), ("email", ctypes.c_uint), ("signing", ctypes.c_uint)]


def library() -> str | None:
    """The NSS library of this machine, if it has one."""
    return ctypes.util.find_library("nss3")


def trust(home: Path, root: Path) -> None:
    """Let a Chromium whose HOME is `home` trust the PEM certificate `root` as an authority for web sites."""
    folder = home / ".pki" / "nssdb"
    folder.mkdir(parents=True)
    nss = ctypes.CDLL(library())
    for name in ("PK11_GetInternalKeySlot", "CERT_NewTempCertificate", "CERT_GetDefaultCertDB"):
        getattr(nss, name).restype = ctypes.c_void_p
    content = ssl.PEM_cert_to_DER_cert(root.read_text())
    _must(nss.NSS_InitReadWrite(f"sql:{folder}".encode()))
    slot = ctypes.c_void_p(nss.PK11_GetInternalKeySlot())
    _must(nss.PK11_InitPin(slot, None, b""))
    held = ctypes.c_void_p(nss.CERT_GetDefaultCertDB())
    item = Item(0, content, len(content))
    certificate = ctypes.c_void_p(nss.CERT_NewTempCertificate(held, ctypes.byref(item), None, 0, 1))
    _must(nss.PK11_ImportCert(slot, certificate, ctypes.c_ulong(0), b"Buurtspoor", 0))
    wanted = CertificateTrust(VALID_CA | TRUSTED_CA, 0, 0)
    _must(nss.CERT_ChangeCertTrust(held, certificate, ctypes.byref(wanted)))
    nss.CERT_DestroyCertificate(certificate)
    nss.PK11_FreeSlot(slot)
    _must(nss.NSS_Shutdown())


def _must(status: int) -> None:
    if status:
        raise OSError("NSS could not do this")


if __name__ == "__main__":
    trust(Path(sys.argv[1]), Path(sys.argv[2]))
