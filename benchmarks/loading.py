"""How long each public contract takes to load and check: `python benchmarks/loading.py [corpus] [rounds]`."""

import statistics
import sys
import time
from pathlib import Path

from accord.contract import Contract, check_contract, load_contract

DEFAULT = Path(__file__).parents[1] / "../shared/corpus"


def measure(file: Path, corpus: Path, rounds: int) -> tuple[float, float, int]:
    """Median seconds to load, seconds to check, and the number of operations."""
    loads = [seconds for seconds, _ in (load(file, corpus) for _ in range(rounds))]
    _, contract = load(file, corpus)
    started = time.perf_counter()
    check_contract(contract)
    return statistics.median(loads), time.perf_counter() - started, len(contract.operations)


def load(file: Path, corpus: Path) -> tuple[float, Contract]:
    """The seconds that it took, and the contract."""
    started = time.perf_counter()
    contract = load_contract(str(file), allow=[str(corpus)], lenient=True)
    return time.perf_counter() - started, contract


def main() -> None:
    """Prints a line for each document, then the median and the maximum."""
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    if not (corpus / "MANIFEST.tsv").is_file():
        sys.exit(f"no MANIFEST.tsv in {corpus}")
    rows = (corpus / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]
    files = [row.partition("\t")[0] for row in rows]
    loads = []
    print(f"{'document':48} {'operations':>10} {'load ms':>9} {'check ms':>9}")
    for file in files:
        seconds, check, operations = measure(corpus / file, corpus, rounds)
        loads.append(seconds * 1000)
        print(f"{file:48} {operations:10} {seconds * 1000:9.1f} {check * 1000:9.1f}")
    print(f"{len(files)} documents: median {statistics.median(loads):.1f} ms, max {max(loads):.1f} ms")


if __name__ == "__main__":
    main()
