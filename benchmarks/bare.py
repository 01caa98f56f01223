"""A bare ASGI application that answers recorded bytes: `python benchmarks/bare.py PORT FILE`.

It runs on uvicorn as `accord mock` does. FILE has the answers as JSON: status, headers and body by method and
first segment of the path.
"""

import json
import sys
from pathlib import Path
from typing import Any

import uvicorn


def application(file: Path) -> Any:
    """The application that answers as the file says."""
    answers = {
        key: (
            {
                "type": "http.response.start",
                "status": status,
                "headers": [(name.encode(), value.encode()) for name, value in headers],
            },
            {"type": "http.response.body", "body": body.encode()},
        )
        for key, (status, headers, body) in json.loads(file.read_text()).items()
    }

    async def app(scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        start, body = answers[f"{scope['method']} {scope['path'].split('/', 2)[1]}"]
        await send(start)
        await send(body)

    return app


def main() -> None:
    """Serves until it is told to stop."""
    uvicorn.run(
        application(Path(sys.argv[2])), host="127.0.0.1", port=int(sys.argv[1]), interface="asgi3", ws="none",
        lifespan="off", log_config=None, access_log=False, proxy_headers=False, server_header=False,
    )  # fmt: skip


if __name__ == "__main__":
    main()
