"""Generates from every public contract in ../shared/corpus, then imports and type-checks what came out.

    python benchmarks/generating.py [--output FOLDER] [NAME ...]

Prints a row for each document: seconds to load and generate, whether the package imports (warnings are
errors), whether `mypy --strict` accepts it. Exits 1 where a document that loads does not pass.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from accord.contract import load_contract
from accord.errors import AccordError
from accord.generating import generate_package, write_package

CORPUS = Path(__file__).parents[1] / "../shared/corpus"
IMPORT = "import sys, warnings; warnings.simplefilter('error'); import {0}.operations, {0}.models"


@dataclass(frozen=True)
class Row:
    """What became of one document."""

    name: str
    seconds: float = 0.0
    loaded: bool = False
    generated: bool = False
    imported: bool = False
    typed: bool = False
    message: str = ""

    def __str__(self) -> str:
        marks = " ".join(
            f"{'yes' if passed else 'no':>9}"
            for passed in (self.loaded, self.generated, self.imported, self.typed)
        )
        return f"{self.name:46} {self.seconds:7.1f} {marks}  {self.message[:300]}"


def main() -> None:
    """Prints the table and the totals."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", help="parts of the names of the documents; all without")
    parser.add_argument("--output", type=Path, help="keep the packages in this folder")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.output or Path(temporary)
        print(f"{'document':46} {'seconds':>7} {'loaded':>9} {'generated':>9} {'imports':>9} {'mypy':>9}")
        rows = []
        for name in documents(chosen.names):
            rows.append(judge(name, folder))
            print(rows[-1], flush=True)
    print(
        f"{len(rows)} documents: {sum(row.loaded for row in rows)} loaded, "
        f"{sum(row.imported for row in rows)} generated and imported, "
        f"{sum(row.typed for row in rows)} accepted by mypy --strict"
    )
    sys.exit(0 if all(row.typed for row in rows if row.loaded) else 1)


def documents(parts: list[str]) -> Iterator[str]:
    """The corpus' documents by their path, those alone that contain one of the parts where there are any."""
    manifest = (CORPUS / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for line in manifest:
        name = line.partition("\t")[0]
        if not parts or any(part in name for part in parts):
            yield name


def judge(name: str, folder: Path) -> Row:
    """Loads, generates, imports and type-checks one document; stops at the first that fails."""
    package = "p_" + "".join(sign if sign.isalnum() else "_" for sign in name)
    started = time.perf_counter()
    try:
        contract = load_contract(
            str(CORPUS / name), allow=[str(CORPUS / name.partition("/")[0])], lenient=True
        )
    except AccordError as error:
        return Row(name, time.perf_counter() - started, message=str(error))
    try:
        made = generate_package(contract)
    except AccordError as error:
        return Row(name, time.perf_counter() - started, loaded=True, message=str(error))
    seconds = time.perf_counter() - started
    write_package(made.files, folder / package)
    failed = _run(folder, "-c", IMPORT.format(package))
    if failed:
        return Row(name, seconds, loaded=True, generated=True, message=failed.splitlines()[-1])
    failed = _mypy(folder, package)
    return Row(name, seconds, loaded=True, generated=True, imported=True, typed=not failed, message=failed)


def _mypy(folder: Path, package: str) -> str:
    config = folder / "mypy.ini"
    config.write_text("[mypy]\nstrict = true\n", encoding="utf-8")
    return _run(
        folder,
        "-m",
        "mypy",
        "--config-file",
        "mypy.ini",
        "--cache-dir",
        ".mypy_cache",
        f"{package}/operations.py",
    )


def _run(folder: Path, *arguments: str) -> str:
    """What the command says where it fails, else nothing."""
    ran = subprocess.run(  # noqa: S603 - this interpreter, with arguments made here
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=600
    )
    return (ran.stdout + ran.stderr).strip() if ran.returncode else ""


if __name__ == "__main__":
    main()
