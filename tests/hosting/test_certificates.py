import re
from pathlib import Path

import pytest
import trustme

from accord.errors import UsageError
from accord.hosting import check_tls

AUTHORITY = trustme.CA()
ISSUED = AUTHORITY.issue_cert("127.0.0.1")
CERTIFICATE = ISSUED.cert_chain_pems[0].bytes()
KEY = ISSUED.private_key_pem.bytes()
OTHER = AUTHORITY.issue_cert("127.0.0.1").private_key_pem.bytes()
ENCRYPTED = b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"
DAMAGED = CERTIFICATE.replace(b"\nMII", b"\nAAA")


@pytest.mark.parametrize(("certificate", "key"), [(CERTIFICATE, KEY), (KEY + CERTIFICATE, None)])
def test_a_certificate_and_its_key_can_be_used(tmp_path: Path, certificate: bytes, key: bytes | None) -> None:
    (tmp_path / "a.pem").write_bytes(certificate)
    (tmp_path / "b.pem").write_bytes(key or b"")
    check_tls(str(tmp_path / "a.pem"), str(tmp_path / "b.pem") if key else None)
    check_tls(None, None)


@pytest.mark.parametrize(
    ("certificate", "key", "said", "advice"),
    [
        (b"", KEY, r"a\.pem cannot .* no certificate", "BEGIN CERTIFICATE"),
        (KEY, KEY, r"a\.pem cannot .* no certificate", "BEGIN CERTIFICATE"),
        (CERTIFICATE, b"", r"b\.pem cannot .* no private key", "BEGIN PRIVATE KEY"),
        (CERTIFICATE, None, r"a\.pem cannot .* no private key", "--tls-key"),
        (CERTIFICATE, ENCRYPTED, r"b\.pem cannot .* encrypted", "openssl pkey -in"),
        (CERTIFICATE, OTHER, r"b\.pem cannot .* not that of the certificate in .*a\.pem", "was made with"),
        (DAMAGED, KEY, r"a\.pem or .*b\.pem cannot .* damaged", "once more"),
    ],
)
def test_the_file_that_cannot_be_used_is_named_with_what_to_do(
    tmp_path: Path, certificate: bytes, key: bytes | None, said: str, advice: str
) -> None:
    (tmp_path / "a.pem").write_bytes(certificate)
    (tmp_path / "b.pem").write_bytes(key or b"")
    with pytest.raises(UsageError) as refused:
        check_tls(str(tmp_path / "a.pem"), None if key is None else str(tmp_path / "b.pem"))
    assert re.search(said, refused.value.message)
    assert advice in refused.value.hint


def test_a_file_that_is_not_there_or_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.pem").write_bytes(CERTIFICATE)
    for key in (tmp_path / "none.pem", tmp_path):
        with pytest.raises(UsageError, match=re.escape(f"{key} cannot be used")):
            check_tls(str(tmp_path / "a.pem"), str(key))
