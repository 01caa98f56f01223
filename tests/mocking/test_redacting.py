"""Nothing that is told of an exchange has a credential in it."""

from accord.mocking.redacting import Redactor, Secrets, secrets_of
from tests.mocking.conftest import contract_of

SCHEMES = {
    "Q": {"type": "apiKey", "in": "query", "name": "key"},
    "H": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "C": {"type": "apiKey", "in": "cookie", "name": "cake"},
    "B": {"type": "http", "scheme": "basic"},
}
SECRETS = Secrets(
    frozenset({"key"}),
    frozenset({b"authorization", b"proxy-authorization", b"x-key"}),
    frozenset({"cake"}),
)


def test_the_contract_says_what_carries_credentials() -> None:
    assert secrets_of(contract_of({}, components={"securitySchemes": SCHEMES})) == SECRETS


def test_a_header_keeps_its_scheme_and_a_cookie_its_name() -> None:
    sent = [(b"authorization", b"Basic dTpw"), (b"x-key", b"abc"), (b"cookie", b"a=1; cake=2")]
    told = dict(Redactor(SECRETS, sent, b"").headers(sent))
    assert told == {
        "authorization": "Basic [redacted]",
        "x-key": "[redacted]",
        "cookie": "a=1; cake=[redacted]",
    }


def test_a_cookie_that_is_set_is_not_told() -> None:
    told = dict(Redactor(SECRETS, [], b"").headers([(b"set-cookie", b"cake=secret; Path=/")]))
    assert told == {"set-cookie": "cake=[redacted]; Path=/"}


def test_a_credential_is_not_told_where_it_comes_back() -> None:
    redactor = Redactor(SECRETS, [(b"x-key", b"abcdef")], b"key=a%20b%20c")
    told = redactor.text("</x?key=a%20b%20c>, a b c, a+b+c: abcdef")
    assert told == "</x?key=[redacted]>, [redacted], [redacted]: [redacted]"


def test_a_short_one_is_not_sought_in_all_texts() -> None:
    redactor = Redactor(SECRETS, [], b"key=a&b=a")
    assert (redactor.query(b"key=a&b=a"), redactor.text("banana")) == ("key=[redacted]&b=a", "banana")
