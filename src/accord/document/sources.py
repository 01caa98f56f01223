"""Where documents come from. Nothing is opened before it was vetted: folder, host, kind, size."""

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from accord.document.limits import Limits
from accord.errors import LimitExceeded, RefusedReference, UnreadableDocument
from accord.findings import Position

_WEB = ("http", "https")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a file is. `key` is the same for the same file, `shown` is how people would write it."""

    key: str
    shown: str
    path: str

    @property
    def is_url(self) -> bool:
        return self.path == ""


class Sources:
    """Opens the files of one contract, and no others.

    `allow` names further folders (relative to where the command runs) and hosts.
    """

    def __init__(self, location: str, allow: Sequence[str], limits: Limits) -> None:
        self._limits = limits
        self._files = 0
        self._bytes = 0
        self._followed: dict[tuple[str, str], Address] = {}
        self._real_folders: dict[str, str] = {}
        self.entry = _entry(location)
        own = urlsplit(location).netloc if self.entry.is_url else os.path.dirname(self.entry.path) or "."  # noqa: PTH120 - pathlib would normalise
        self._hosts = {*allow, *([own] if self.entry.is_url else [])}
        self._folders = [Path(name).resolve() for name in (*allow, *([] if self.entry.is_url else [own]))]

    def follow(self, holder: Address, reference: str) -> Address:
        """The address that a reference in `holder`, its fragment aside, leads to.

        Raises RefusedReference, without a position, before anything is opened.
        """
        parts = urlsplit(reference)
        if parts.scheme in _WEB or holder.is_url:
            url = urljoin(holder.key, reference)
            self._vet_host(url, reference)
            return Address(url, url, "")
        if parts.scheme or parts.netloc:
            raise RefusedReference(
                reference,
                f"only files and http(s) addresses are read, not {parts.scheme or 'another host'}:",
                hint="write the path relative to the file that holds the $ref",
            )
        folder, path = os.path.dirname(holder.path), unquote(parts.path)  # noqa: PTH120 - as for the entry
        known = self._followed.get((folder, path))
        if known is None:
            known = self._followed[folder, path] = self._file(folder, path, reference)
        return known

    def _file(self, folder: str, path: str, reference: str) -> Address:
        # Joined as text: pathlib would drop the `./` and `..` that people wrote before it is known to exist.
        joined = os.path.join(folder, path)  # noqa: PTH118
        try:
            real = self._resolved(joined)
        except (OSError, RuntimeError, ValueError) as error:
            raise RefusedReference(reference, f"it is no path: {error}") from None
        if not any(real.is_relative_to(folder) for folder in self._folders):
            raise RefusedReference(
                reference,
                "it leaves the contract's own folder",
                hint=f"if it belongs to the contract, allow its folder: --allow {_shorter(real.parent)}",
            )
        return Address(str(real), os.path.normpath(joined), os.path.normpath(joined))

    def _resolved(self, path: str) -> Path:
        """The path without links; the folders on the way are looked at once."""
        folder, name = os.path.split(path)
        if folder not in self._real_folders:
            self._real_folders[folder] = str(Path(folder).resolve())
        joined = os.path.join(self._real_folders[folder], name)  # noqa: PTH118 - a hundred times as fast
        is_plain = name not in ("", ".", "..") and "\0" not in name and not os.path.islink(joined)  # noqa: PTH114
        return Path(joined) if is_plain else Path(path).resolve()

    def _vet_host(self, url: str, reference: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in _WEB:
            raise RefusedReference(reference, f"only http and https addresses are read, not {parts.scheme}:")
        if parts.netloc not in self._hosts and (parts.hostname or "") not in self._hosts:
            raise RefusedReference(
                reference,
                f"the host {parts.netloc} is not the contract's own",
                hint=f"if it is to be trusted, allow it by name: --allow {parts.hostname}",
            )

    def read(self, address: Address) -> bytes:
        """The bytes of a vetted address. Raises UnreadableDocument and LimitExceeded."""
        self._files += 1
        if self._files > self._limits.files:
            raise LimitExceeded(
                f"the contract is spread over more than {self._limits.files} files",
                position=Position(self.entry.shown, 1, 1),
            )
        raw = self._fetch(address) if address.is_url else self._open(address)
        self._bytes += len(raw)
        if self._bytes > self._limits.total_bytes:
            raise self._too_large(address, self._limits.total_bytes, "the contract's files together are")
        return raw

    def _open(self, address: Address) -> bytes:
        path = Path(address.key)
        try:
            if path.is_dir():
                raise UnreadableDocument(
                    f"{address.shown} is a folder", hint=f"name a file in it, such as {_likely(path)}"
                )
            if path.exists() and not path.is_file():
                raise UnreadableDocument(f"{address.shown} is not a regular file")
            with path.open("rb") as file:
                return self._bounded(file.read(self._limits.file_bytes + 1), address)
        except OSError as error:
            reason = error.strerror or str(error)
            hint = _nearby(path) or ("name the contract: a file or a URL" if address == self.entry else "")
            raise UnreadableDocument(
                f"{address.shown} cannot be read: {reason[:1].lower()}{reason[1:]}", hint=hint
            ) from None

    def _fetch(self, address: Address) -> bytes:
        import httpx  # noqa: PLC0415 - only a contract that is fetched pays for it

        url = address.key
        deadline = time.monotonic() + self._limits.fetch_seconds
        try:
            with httpx.Client(timeout=self._limits.fetch_seconds) as client:
                for _ in range(self._limits.redirects + 1):
                    with client.stream("GET", url) as response:
                        if not response.has_redirect_location:
                            response.raise_for_status()
                            return self._received(response.iter_bytes(), address, deadline)
                    url = urljoin(url, response.headers["location"])
                    self._vet_host(url, url)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise UnreadableDocument(
                f"{address.shown} cannot be fetched: {error}", hint="check the address, or name a local copy"
            ) from None
        raise UnreadableDocument(f"{address.shown} redirects more than {self._limits.redirects} times")

    def _received(self, chunks: Iterable[bytes], address: Address, deadline: float) -> bytes:
        received = bytearray()
        for chunk in chunks:
            received += chunk
            self._bounded(received, address)
            if time.monotonic() > deadline:
                raise LimitExceeded(f"{address.shown} takes longer than {self._limits.fetch_seconds:g} s")
        return bytes(received)

    def _bounded(self, raw: bytes | bytearray, address: Address) -> bytes:
        if len(raw) > self._limits.file_bytes:
            raise self._too_large(address, self._limits.file_bytes, "the file is")
        return raw if isinstance(raw, bytes) else b""

    def _too_large(self, address: Address, most: int, what: str) -> LimitExceeded:
        return LimitExceeded(
            f"{what} larger than {most // 2**20} MB",
            hint="split the contract, or name the part that is meant",
            position=Position(address.shown, 1, 1),
        )


def _entry(location: str) -> Address:
    if urlsplit(location).scheme in _WEB:
        url = location.partition("#")[0]
        return Address(url, url, "")
    try:
        return Address(str(Path(location).resolve()), location, location)
    except (OSError, RuntimeError, ValueError) as error:
        raise UnreadableDocument(f"{location!r} is no path: {error}") from None


def _shorter(folder: Path) -> str:
    relative = os.path.relpath(folder)
    return relative if len(relative) < len(str(folder)) else str(folder)


def _nearby(path: Path) -> str:
    """A hint that names files beside the missing one that are called almost like it."""
    if not path.parent.is_dir():
        return ""
    from difflib import get_close_matches  # noqa: PLC0415 - where every file is found it is not needed

    near = get_close_matches(path.name, sorted(os.listdir(path.parent)), n=2, cutoff=0.75)  # noqa: PTH208 - names only
    return f"did you mean {' or '.join(repr(name) for name in near)}?" if near else ""


def _likely(folder: Path) -> str:
    names = sorted(name for name in os.listdir(folder) if name.endswith((".yaml", ".yml", ".json")))  # noqa: PTH208 - names only
    contracts = [name for name in names if "api" in name or "swagger" in name]
    return [*contracts, *names, "openapi.yaml"][0]
