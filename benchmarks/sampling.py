"""How many samples are valid, and what they cost: `python benchmarks/sampling.py [--most 60] [NAME ...]`.

Up to `--most` component schemas of each public contract in ../shared/corpus, in their order; each sample is
judged by the validators, formats included, as a response, or with `--direction request` as a request.
Milliseconds are those of the first sample of a schema, its validator compiled already; `again` is the median
of a second one, as a running mock makes it.
"""

import argparse
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from accord.document import Document, pointers, read_document
from accord.schemas import Direction, Schemas
from accord.schemas.sampling import Sample, Sampler

CORPUS = Path(__file__).parents[1] / "../shared/corpus"


@dataclass
class Row:
    """What became of the schemas of one document."""

    name: str
    valid: int = 0
    first: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        if not self.first:
            return f"{self.name:44} {'no schemas':>9}"
        return (
            f"{self.name:44} {self.valid:5}/{len(self.first):<4} {statistics.median(self.first):9.2f} "
            f"{max(self.first):9.2f} {statistics.median(self.again):9.2f}"
        )


def main() -> None:
    """Prints the table, then each schema whose sample is not valid, with the reason."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", help="parts of the names of the documents; all without")
    parser.add_argument("--most", type=int, default=60, help="schemas of each document")
    parser.add_argument("--direction", type=Direction, default=Direction.RESPONSE, help="request or response")
    chosen = parser.parse_args()
    print(f"{'document':44} {'valid':>10} {'median ms':>9} {'max ms':>9} {'again ms':>9}")
    rows = []
    for name in documents(chosen.names):
        rows.append(measure(name, chosen.most, chosen.direction))
        print(rows[-1], flush=True)
    total = Row("all")
    for row in rows:
        total.valid += row.valid
        total.first += row.first
        total.again += row.again
    print(f"{total}\n{100 * total.valid / max(1, len(total.first)):.2f}% valid")
    for row in rows:
        for line in row.invalid:
            print(f"{row.name}: {line}")


def documents(names: Sequence[str]) -> list[str]:
    """The documents of the corpus whose names have one of these in them."""
    lines = (CORPUS / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]
    found = [line.partition("\t")[0] for line in lines]
    return [name for name in found if not names or any(part in name for part in names)]


def measure(name: str, most: int, direction: Direction = Direction.RESPONSE) -> Row:
    """The row of one document."""
    document = read_document(str(CORPUS / name), allow=[str(CORPUS)], lenient=True)
    return measured(name, document, most, direction)


def measured(name: str, document: Document, most: int, direction: Direction) -> Row:
    """The row of a document that was read."""
    row = Row(name)
    schemas = Schemas(document)
    sampler = Sampler(schemas)
    listed = document.content.get("components", {}).get("schemas", {})
    for schema in list(listed)[:most]:
        pointer = pointers.join("/components/schemas", schema)
        validator = schemas.at(pointer, direction)
        sample, milliseconds = timed(sampler, pointer, direction, "first")
        row.first.append(milliseconds)
        row.again.append(timed(sampler, pointer, direction, "again")[1])
        row.valid += validator.is_valid(sample.value)
        if not validator.is_valid(sample.value):
            row.invalid.append(f"{schema}: {'; '.join(each.message for each in sample.findings)}")
    return row


def timed(sampler: Sampler, pointer: str, direction: Direction, key: str) -> tuple[Sample, float]:
    """A sample, and the milliseconds that it took."""
    started = time.perf_counter()
    sample = sampler.sample(pointer, direction=direction, key=key)
    return sample, (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
