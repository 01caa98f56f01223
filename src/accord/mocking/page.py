"""The start page: every operation of the contract, with a line of curl that calls it."""

import shlex
from html import escape
from urllib.parse import quote, unquote_plus

from accord.contract import Operation
from accord.mocking.calling import request_of
from accord.mocking.mock import Mock
from accord.mocking.model import ROOT, Request, Response
from accord.schemas import Direction

_MOST_SHOWN = 40
"""With more operations, a line of curl is made for the one that is asked for alone."""

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
li { list-style: none; margin: .6rem 0; } ul { padding: 0; } .method { font-weight: 600; }
pre { background: #8882; padding: .6rem; overflow-x: auto; border-radius: .3rem; margin: .3rem 0; }
:root { color-scheme: light dark; }
"""


def start_page(mock: Mock, request: Request) -> Response:
    """The page, with the line of curl of each operation or, of many, of the one in `?operation=`."""
    wanted = _wanted(request)
    origin = request.origin
    is_short = len(mock.contract.operations) <= _MOST_SHOWN
    items = "".join(
        _item(mock, operation, origin, is_open=is_short or operation.id == wanted)
        for operation in mock.contract.operations
    )
    title = escape(f"{mock.contract.title} {mock.contract.version}".strip() or "Mock")
    body = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}: mock</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
        f"<h1>{title}</h1><p>{len(mock.contract.operations)} operations are mocked here. "
        f'<a href="{ROOT}/">See what is asked of them, and change what they answer</a>.</p>'
        f"<ul>{items}</ul>{_webhooks(mock, origin)}</body></html>"
    ).encode()
    headers = (
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", b"%d" % len(body)),
        (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'"),
    )
    return Response(200, headers, body, "start page")


def curl_line(mock: Mock, operation: Operation, origin: str) -> str:
    """A command that calls the operation, ready to be pasted into a shell."""
    values = mock.values.towards(Direction.REQUEST)
    request = request_of(mock.contract, operation, values)
    query = f"?{request.query.decode('latin-1')}" if request.query else ""
    words = ["curl", *([] if request.method == "GET" else ["-X", request.method])]
    for name, value in request.headers:
        words += ["-H", f"{name.decode('latin-1')}: {value.decode('latin-1')}"]
    if request.body:
        words += ["--data-binary", request.body.decode("utf-8", "replace")]
    return shlex.join([*words, f"{origin}{request.path}{query}"])


def _wanted(request: Request) -> str:
    for pair in request.query.decode("latin-1").split("&"):
        name, _, value = pair.partition("=")
        if name == "operation":
            return unquote_plus(value)
    return ""


def _item(mock: Mock, operation: Operation, origin: str, *, is_open: bool) -> str:
    summary = escape(str(operation.raw.get("summary") or ""))
    line = f"{operation.method.upper()} {operation.path}"
    head = (
        f'<a href="?operation={quote(operation.id)}"><span class="method">{escape(line)}</span></a> {summary}'
    )
    call = f"<pre>{escape(curl_line(mock, operation, origin))}</pre>" if is_open else ""
    return f"<li>{head}{call}</li>"


def _webhooks(mock: Mock, origin: str) -> str:
    """The contract's webhooks, each with a command that fires it; nothing where it has none."""
    items = ""
    for name, operations in mock.contract.webhooks.items():
        target = f"{origin}{ROOT}/webhooks/{quote(name, safe='')}?url=http://127.0.0.1:8000/"
        summary = next((operation.summary for operation in operations if operation.summary), "")
        line = escape(shlex.join(["curl", "-X", "POST", target]))
        items += f'<li><span class="method">{escape(name)}</span> {escape(summary)}<pre>{line}</pre></li>'
    return f"<h2>Webhooks</h2><ul>{items}</ul>" if items else ""
