"""Our verdict on pairs of contracts beside another tool's: `python benchmarks/diff_pairs.py FOLDER`.

The folder has a folder for each pair with `old` and `new`, each a contract in YAML or JSON, and a file
`verdicts.tsv`: the pair's name, and `breaking` or `not`, what the other tool says of it. A change that is an
error or a warning breaks. Prints a table of verdicts, and each pair of which they differ with what we tell.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from accord.comparing import Change, Policy, compare
from accord.contract import load_contract

_BREAKING, _NOT = "breaking", "not"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What both say of a pair, and why we say it."""

    name: str
    theirs: str
    changes: Sequence[Change]

    @property
    def ours(self) -> str:
        """What we say."""
        return _BREAKING if any(change.is_breaking for change in self.changes) else _NOT


def main() -> None:
    """Compares all pairs of a folder."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where the pairs and `verdicts.tsv` are")
    verdicts = [*_verdicts(parser.parse_args().folder)]
    counted = Counter((each.theirs, each.ours) for each in verdicts)
    print(f"{'theirs':10} {'ours':10} pairs")
    for (theirs, ours), count in sorted(counted.items()):
        print(f"{theirs:10} {ours:10} {count:5}")
    alike = sum(each.theirs == each.ours for each in verdicts)
    print(f"\n{alike} of {len(verdicts)} pairs have the same verdict\n")
    for each in verdicts:
        if each.theirs != each.ours:
            said = ", ".join(f"{change.rule} ({change.severity})" for change in each.changes) or "no change"
            print(f"{each.name}: {each.theirs} became {each.ours}: {said}")


def _verdicts(folder: Path) -> Iterator[Verdict]:
    policy = Policy(datetime.now(UTC).date())
    for line in (folder / "verdicts.tsv").read_text(encoding="utf-8").splitlines():
        name, _, theirs = line.partition("\t")
        old, new = (load_contract(_side(folder / name, side), lenient=True) for side in ("old", "new"))
        yield Verdict(name, theirs.strip(), compare(old, new, policy))


def _side(folder: Path, side: str) -> str:
    return str(next(folder.glob(f"{side}.*")))


if __name__ == "__main__":
    main()
