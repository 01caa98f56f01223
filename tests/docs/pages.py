"""The blocks of a page that a reader follows: commands for a shell, and files to write.

A comment before a block says what the block itself cannot:

* `<!-- skip: why -->`: it is not run;
* `<!-- exit: 1 -->`: of its last command;
* `<!-- wait: 2 -->`: so many seconds first, until what was saved is taken up;
* `<!-- differs: WORD -->`: a word of its output that is another each time, and is used in later commands;
* `<!-- insert: FILE before LINE -->`: what it shows is added there. One with a title is a whole file.

One at the top of a page says where a reader stands: `<!-- begin: repository -->` or `<!-- begin: notes -->`;
else in an empty folder.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_MARK = re.compile(r"<!-- (\w+): (.+?) -->")
_FENCE = re.compile(r"```(\w*)(?: title=\"([^\"]+)\")?")
_SHELLS = ("sh", "console")


@dataclass(frozen=True)
class Block:
    """A fenced block: where it stands, its language, its title if it has one, and what its comments say."""

    line: int
    language: str
    title: str | None
    text: str
    marks: Mapping[str, str]

    @property
    def is_followed(self) -> bool:
        """Whether a reader runs or writes it."""
        return self.language in _SHELLS or self.title is not None or "insert" in self.marks


@dataclass(frozen=True)
class Command:
    """A command, and the output that the page shows of it: nothing where it shows none."""

    line: int
    text: str
    shown: str


def begins_in(page: str) -> str:
    """Where a reader of this page stands: `repository`, `notes` or `nothing`."""
    found = re.search(r"<!-- begin: (\w+) -->", page)
    return found[1] if found else "nothing"


def blocks_of(page: str) -> Iterator[Block]:
    """The blocks of a page that are followed, in order."""
    lines, marks, index = page.splitlines(), dict[str, str](), 0
    while index < len(lines):
        if fence := _FENCE.match(lines[index]):
            end = lines.index("```", index + 1)
            text = "\n".join(lines[index + 1 : end])
            block = Block(index + 1, fence[1], fence[2], text, marks)
            if block.is_followed:
                yield block
            marks, index = {}, end
        elif found := _MARK.fullmatch(lines[index]):
            marks[found[1]] = found[2]
        elif lines[index]:
            marks = {}
        index += 1


def commands_of(block: Block) -> Iterator[Command]:
    """The commands of a block: in `console` those after a prompt, with their output; in `sh` every line."""
    lines = block.text.splitlines()
    starts = [at for at, line in enumerate(lines) if line.startswith("$ ")]
    if block.language == "sh":
        starts = [at for at in range(len(lines)) if _is_new(lines, at)]
    for start, following in zip(starts, [*starts[1:], len(lines)], strict=True):
        end = start + 1
        while lines[end - 1].endswith("\\"):
            end += 1
        text = re.sub(r"\s+# .*", "", "\n".join(lines[start:end]).removeprefix("$ "))
        yield Command(block.line + start + 1, text, "\n".join(lines[end:following]))


def _is_new(lines: list[str], at: int) -> bool:
    return bool(lines[at]) and (at == 0 or not lines[at - 1].endswith("\\"))


def pages(root: Path) -> list[Path]:
    """The pages whose commands are run: the README and all of docs/ that readers follow."""
    return [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
