"""A server on the loopback interface that keeps what it is sent: whom a test lets the mock call."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Letter:
    """A request that came."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Inbox:
    """What came, and where it listens. It answers with `status` and `body`."""

    url: str = ""
    status: int = 204
    body: bytes = b""
    letters: list[Letter] = field(default_factory=list)

    def wait(self, *, count: int = 1, seconds: float = 10) -> Sequence[Letter]:
        """The letters, once there are that many."""
        deadline = time.monotonic() + seconds
        while len(self.letters) < count:
            assert time.monotonic() < deadline, f"only {len(self.letters)} of {count} came"
            time.sleep(0.01)
        return self.letters


@contextmanager
def receiving(*, status: int = 204, body: bytes = b"", delay: float = 0) -> Iterator[Inbox]:
    """An inbox that listens while the block runs. It takes `delay` seconds for an answer."""
    inbox = Inbox(status=status, body=body)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            inbox.letters.append(Letter(self.command, self.path, headers, self.rfile.read(length)))
            time.sleep(delay)
            with suppress(ConnectionError):  # a mock that did not wait
                self.answer()

        def answer(self) -> None:
            self.send_response(inbox.status)
            if inbox.body:
                self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(inbox.body)))
            self.end_headers()
            self.wfile.write(inbox.body)

        def do_PUT(self) -> None:
            self.do_POST()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    inbox.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield inbox
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
