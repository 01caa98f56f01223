"""What is inferred of public contracts: `python benchmarks/resources.py [--misses] [NAME ...]`.

For each document of ../shared/corpus: how many operations have which role, how many resources there are, how
many of them can be created, read, listed and removed, and how long it took. `--misses` lists the operations
that look like those of a resource and were not understood.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from accord.contract import Contract, Operation, load_contract
from accord.mocking.resources import Resource, Resources, infer_resources
from accord.mocking.resources.model import ROLES

CORPUS = Path(__file__).parents[1] / "../shared/corpus"
WHOLE = frozenset({"create", "read", "list", "delete"})


@dataclass(frozen=True)
class Figures:
    """What came of one document."""

    name: str
    roles: Counter[str]
    resources: int
    created: int
    whole: int
    seconds: float
    misses: tuple[str, ...]


def documents(wanted: Sequence[str]) -> Iterator[str]:
    """The corpus's documents, those whose name has one of the wanted parts where any are given."""
    lines = (CORPUS / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]
    names = (line.partition("\t")[0] for line in lines)
    return (name for name in names if not wanted or any(part in name for part in wanted))


def load(name: str) -> Contract:
    """The contract of a document of the corpus."""
    folder = CORPUS / Path(name).parts[0]
    return load_contract(str(CORPUS / name), allow=[str(folder)] if folder.is_dir() else (), lenient=True)


def measure(name: str) -> Figures:
    """The figures of one document."""
    contract = load(name)
    started = time.perf_counter()
    found = infer_resources(contract)
    seconds = time.perf_counter() - started
    roles = [frozenset(found.roles(resource)) for resource in found.resources]
    return Figures(
        name,
        Counter(each.role for each in found.operations.values()),
        len(found.resources),
        sum(can_be_created(found, resource) for resource in found.resources),
        sum(each >= WHOLE for each in roles),
        seconds,
        tuple(misses(contract, found)),
    )


def can_be_created(found: Resources, resource: Resource) -> bool:
    """Can an item come to be, by POST or by PUT to a path of its own?"""
    roles = found.roles(resource)
    return "create" in roles or any(each.creates for each in roles.get("replace", ()))


def misses(contract: Contract, found: Resources) -> Iterator[str]:
    """The actions that look like operations of a resource: by a path's end, its neighbours and the method."""
    paths = {operation.path for operation in contract.operations}
    for operation in contract.operations:
        if found.operations[operation.id].role == "action" and looks_like_one(operation, paths):
            yield f"{operation.method.upper()} {operation.path} [{operation.id}]"


def looks_like_one(operation: Operation, paths: set[str]) -> bool:
    """Is it a method on an item's path, or GET or POST of the path before one?"""
    is_item = operation.path.endswith("}")
    has_items = any(path.startswith(f"{operation.path}/{{") and path.endswith("}") for path in paths)
    return (is_item and operation.method in ("get", "put", "patch", "delete")) or (
        has_items and operation.method in ("get", "post")
    )


def main() -> None:
    """Print a line for each document, then the sums."""
    wanted = [name for name in sys.argv[1:] if name != "--misses"]
    total: Counter[str] = Counter()
    print(
        f"{'document':42} {' '.join(f'{role:>7}' for role in ROLES)} resources created whole      ms misses"
    )
    for name in documents(wanted):
        figures = measure(name)
        total += figures.roles
        counts = " ".join(f"{figures.roles[role]:7}" for role in ROLES)
        print(
            f"{name[-42:]:42} {counts} {figures.resources:9} {figures.created:7} {figures.whole:5} "
            f"{figures.seconds * 1000:7.0f} {len(figures.misses):6}"
        )
        if "--misses" in sys.argv:
            print("\n".join(f"    {line}" for line in figures.misses))
    print(f"{'':42} {' '.join(f'{total[role]:7}' for role in ROLES)}")


if __name__ == "__main__":
    main()
