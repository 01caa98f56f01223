import difflib
import random
import time

import pytest

from accord.generating.differences import unified_diff


def applied(old: str, diff: str) -> str:
    """The old text with a unified diff applied: what the diff says is all that is used."""
    lines, made, at = old.splitlines(keepends=True), list[str](), 0
    for line in diff.splitlines(keepends=True)[2:]:
        if line.startswith("@@"):
            first, _, length = line.split()[1].removeprefix("-").partition(",")
            start = int(first) - (length != "0")
            made += lines[at:start]
            at = start
        elif line[0] in " -":
            assert lines[at] == line[1:]
            at += 1
        if line[0] in " +":
            made.append(line[1:])
    return "".join(made + lines[at:])


@pytest.mark.parametrize("seed", range(200))
def test_a_diff_applied_to_the_old_text_gives_the_new_one(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - made-up texts
    old = [f"{chance.randrange(chance.choice([3, 40]))}\n" for _ in range(chance.randrange(60))]
    new = [line for line in old if chance.random() > 0.1]
    for _ in range(chance.randrange(5)):
        new.insert(chance.randrange(len(new) + 1), f"{chance.randrange(40)}\n")
    chance.shuffle(new) if seed % 10 == 0 else None
    before, after = "".join(old), "".join(new)
    assert applied(before, unified_diff(before, after, "old", "new")) == after


def test_it_is_written_as_difflib_writes_it() -> None:
    old = [f"line {number}\n" for number in range(50)]
    new = [*old[:10], "other\n", *old[11:30], "more\n", *old[30:]]
    expected = "".join(difflib.unified_diff(old, new, "a", "b"))
    assert unified_diff("".join(old), "".join(new), "a", "b") == expected


def test_a_text_that_is_new_or_gone_is_one_change() -> None:
    assert unified_diff("", "a\nb\n", "x", "y") == "--- x\n+++ y\n@@ -0,0 +1,2 @@\n+a\n+b\n"
    assert unified_diff("a\n", "", "x", "y") == "--- x\n+++ y\n@@ -1 +0,0 @@\n-a\n"
    assert unified_diff("a\n", "a\n", "x", "y") == ""


def test_a_missing_newline_at_the_end_is_said() -> None:
    assert unified_diff("a", "a\n", "x", "y").endswith("-a\n\\ No newline at end of file\n+a\n")


def test_a_hundred_thousand_lines_with_a_thousand_changes_take_seconds() -> None:
    old = [f'"key{number}": {{\n' if number % 3 else "}\n" for number in range(100_000)]
    new = [f"changed {at}\n" if at % 100 == 1 else line for at, line in enumerate(old)]
    begun = time.monotonic()
    assert unified_diff("".join(old), "".join(new), "x", "y").count("\n+changed") == 1000
    assert time.monotonic() - begun < 10
