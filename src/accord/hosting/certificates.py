"""The certificate and key of a server that speaks TLS: can they be used, and, if not, which file is why."""

from pathlib import Path
from typing import Never

from accord.errors import UsageError

_CERTIFICATE = b"-----BEGIN CERTIFICATE-----"
_KEY = b"PRIVATE KEY-----"
_ENCRYPTED = (b"-----BEGIN ENCRYPTED PRIVATE KEY-----", b"Proc-Type: 4,ENCRYPTED")


def check_tls(certificate: str | None, key: str | None) -> None:
    """Raises UsageError where these files cannot be used for TLS. Without a certificate none is meant."""
    if key and not certificate:
        raise UsageError("--tls-key is given without --tls-cert", hint="name the certificate, too")
    if not certificate:
        return
    holder = key or certificate
    if _CERTIFICATE not in _read(certificate):
        _refuse(certificate, "it holds no certificate in PEM", "it begins with -----BEGIN CERTIFICATE-----")
    held = _read(holder)
    if _KEY not in held:
        hint = (
            "name the key's file with --tls-key"
            if key is None
            else "it has a line -----BEGIN PRIVATE KEY-----"
        )
        _refuse(holder, "it holds no private key in PEM", hint)
    if any(mark in held for mark in _ENCRYPTED):
        hint = f"write it without its passphrase: openssl pkey -in {holder} -out key.pem"
        _refuse(holder, "its key is encrypted, and nobody is there to be asked for the passphrase", hint)
    _load(certificate, key)


def _read(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        _refuse(file, error.strerror or str(error), "name a file that is there and can be read")


def _load(certificate: str, key: str | None) -> None:
    """Loads both as a server does, which sees whether they are whole and belong together."""
    import ssl  # noqa: PLC0415 - most servers here speak plain HTTP

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            hint = (
                "name the key that the certificate was made with; the server's own certificate stands first"
            )
            _refuse(key or certificate, f"its key is not that of the certificate in {certificate}", hint)
        what = certificate if key is None else f"{certificate} or {key}"
        _refuse(what, f"it is damaged ({error.reason or error})", "make or copy it once more")


def _refuse(file: str, reason: str, hint: str) -> Never:
    raise UsageError(f"{file} cannot be used for TLS: {reason}", hint=hint)
