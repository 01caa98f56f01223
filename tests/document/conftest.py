from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent

import pytest

HEAD = 'openapi: 3.1.0\ninfo: {title: t, version: "1"}\n'

Write = Callable[[Mapping[str, str]], str]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes files into a fresh folder, where the test then runs; gives the name of the first one.

    The first file gets the head of an OpenAPI document, unless it states its own version.
    """
    monkeypatch.chdir(tmp_path)

    def files(texts: Mapping[str, str]) -> str:
        for index, (name, text) in enumerate(texts.items()):
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            body = dedent(text).lstrip("\n")
            own = "openapi" in body or "swagger" in body
            file.write_text(body if index or own else HEAD + body, encoding="utf-8")
        return next(iter(texts))

    return files
