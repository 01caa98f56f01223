"""Projects made from public contracts, each with its own tests run: `python benchmarks/new.py [NAME ...]`.

Each is made by `accord new` in a temporary folder, and `make test` is run in it, in this environment. Exits 1
where one fails.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "../shared/corpus"
NAMES = (
    "spotify.yml",
    "realworld.yml",
    "redocly-museum31.yaml",
    "swagger-petstore30.yaml",
    "oai-uber20.yaml",
    "openfga20.json",
    "ory-kratos.json",
    "e2b.yml",
    "figma.yaml",
    "meilisearch.json",
    "redocly-starter/openapi.yaml",
    "nhs-pds/personal-demographics.yaml",
    "xero-accounting.yaml",
    "stripe.yaml",
)
SECONDS = 600


def main() -> int:
    """Makes them all. The exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=NAMES, help="documents of the corpus")
    names = parser.parse_args().names
    with TemporaryDirectory(prefix="accord-new-") as folder:
        results = [tried(name, Path(folder)) for name in names]
    print(f"{sum(results)} of {len(results)} projects pass their own tests")
    return 0 if all(results) else 1


def tried(name: str, folder: Path) -> bool:
    """Whether a project of that document is made, and passes its tests."""
    started = time.perf_counter()
    project = folder / name.partition("/")[0].partition(".")[0]
    binaries = Path(sys.executable).parent
    ready = folder / "ready"
    ready.touch()
    made = ran([binaries / "accord", "new", project.name, "--from", CORPUS / name, "--allow", CORPUS], folder)
    tests = ["make", "--no-print-directory", "test", f"BIN={binaries}", f"READY={ready}"]
    done = ran(tests, project) if made.returncode == 0 else made
    last = (done.stdout.strip() or "?").splitlines()[-1]
    print(f"{name:<40} {time.perf_counter() - started:6.1f} s  exit {done.returncode}  {last}", flush=True)
    if done.returncode:
        print(done.stdout[-2000:], done.stderr[-2000:])
    return done.returncode == 0


def ran(command: Sequence[object], folder: Path) -> "subprocess.CompletedProcess[str]":
    """What a command said."""
    environment = {**os.environ, "PYTEST_ADDOPTS": ""}
    return subprocess.run(  # noqa: S603 - no shell
        [str(word) for word in command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


if __name__ == "__main__":
    sys.exit(main())
