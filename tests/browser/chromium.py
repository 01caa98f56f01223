"""A headless Chromium that tests look with, through its DevTools protocol."""

import json
import shutil
import subprocess
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import httpx
from websockets.sync.client import ClientConnection, connect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page that was left would keep its stream, and with it the server, alive.
    "--disable-features=BackForwardCache",
]
_KEYS = {"ArrowDown": 40, "ArrowUp": 38, "ArrowRight": 39, "Enter": 13, "Escape": 27, "/": 191, "End": 35}


class Page:
    """A page in the browser. What scripts throw in it is kept in `thrown`."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = count(1)
        self.thrown: list[str] = []
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> Any:
        """What a method of the protocol answers."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(timeout=60))
            if message.get("method") == "Runtime.exceptionThrown":
                self.thrown.append(json.dumps(message["params"]["exceptionDetails"]))
            if (
                message.get("method") == "Log.entryAdded"
                and message["params"]["entry"]["source"] == "security"
            ):
                self.thrown.append(message["params"]["entry"]["text"])
            if message.get("id") == number:
                assert "error" not in message, message
                return message["result"]

    def open(self, url: str) -> None:
        """Goes to a URL."""
        self.call("Page.navigate", url=url)

    def value(self, expression: str) -> Any:
        """The value of an expression in the page; promises are waited for."""
        answer = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True, userGesture=True
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def until(self, expression: str, *, seconds: float = 20) -> Any:
        """The value of an expression once it is a true one."""
        deadline = time.monotonic() + seconds
        tried = f"try {{ const found = {expression}; return found instanceof Node || found }}"
        while time.monotonic() < deadline:
            if found := self.value(f"(() => {{ {tried} catch {{ return null }} }})()"):
                return found
            time.sleep(0.05)
        raise AssertionError(f"{expression} never was; the page: {self.value('document.body.innerText')}")

    def text(self, selector: str) -> str:
        """The text that is seen in the first element of a selector, once there is one."""
        return str(self.until(f"document.querySelector({json.dumps(selector)}).innerText"))

    def click(self, selector: str, text: str = "") -> None:
        """Clicks the first element of a selector that has this text, once there is one."""
        found = (
            f"[...document.querySelectorAll({json.dumps(selector)})]"
            f".find((each) => each.innerText.includes({json.dumps(text)}))"
        )
        self.until(f"Boolean({found})")
        self.value(f"{found}.click()")

    def write(self, selector: str, text: str) -> None:
        """Puts a text into a field, as if it were typed."""
        self.value(
            f"(() => {{ const field = document.querySelector({json.dumps(selector)}); "
            f"field.value = {json.dumps(text)}; "
            "for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, {bubbles: true}))"
            " })()"
        )

    def press(self, key: str) -> None:
        """Presses a key."""
        typed = {"text": key} if len(key) == 1 else {}
        if key == "Enter":
            typed = {"text": "\r"}
        told = {"key": key, "code": key, "windowsVirtualKeyCode": _KEYS[key]}
        self.call("Input.dispatchKeyEvent", type="keyDown", **told, **typed)
        self.call("Input.dispatchKeyEvent", type="keyUp", **told)

    def scheme(self, name: str) -> None:
        """Makes the page light or dark."""
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": name}])

    def screenshot(self) -> bytes:
        """What is seen, as PNG."""
        return b64decode(self.call("Page.captureScreenshot")["data"])


@contextmanager
def browsing(profile: Path, *, size: str = "1440,900") -> Iterator[Page]:
    """A page of a new browser, which ends with the block."""
    command = [str(CHROMIUM), *FLAGS, "--remote-debugging-port=0", f"--window-size={size}"]
    process = subprocess.Popen(
        [*command, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with connect(_address(process, profile / "DevToolsActivePort"), max_size=None) as socket:
            yield Page(socket)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _address(process: subprocess.Popen[bytes], ready: Path) -> str:
    """Where the first page listens, once the browser has written its port."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if ready.exists() and "\n" in (text := ready.read_text()):
            port = text.split("\n")[0]
            pages = httpx.get(f"http://127.0.0.1:{port}/json").json()
            if found := [each for each in pages if each["type"] == "page"]:
                return str(found[0]["webSocketDebuggerUrl"])
        time.sleep(0.05)
    raise AssertionError("Chromium did not get ready")
