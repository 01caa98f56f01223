"""How far a run is, shown on standard error where somebody can see it move."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from accord.verifying import Began, Scenario, Told


def following(told: Iterable[Told]) -> Iterator[Told]:
    """The same, while a line for each phase says how far it is: shown on a terminal alone."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from told
        return
    with _progress(console) as progress:
        cases, failures = 0, 0
        task: TaskID | None = None
        for each in told:
            if isinstance(each, Began):
                cases, failures = 0, 0
                task = progress.add_task(each.phase, total=each.operations or None, told="")
            elif isinstance(each, Scenario) and task is not None:
                cases, failures = cases + len(each.exchanges), failures + len(each.failures)
                said = f"{cases} cases" + (f", [red]{failures} failures[/]" if failures else "")
                progress.update(task, advance=1, told=said)
            yield each


def _progress(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description:<10}"),
        BarColumn(bar_width=24),
        TimeElapsedColumn(),
        TextColumn("{task.fields[told]}"),
        console=console,
        transient=True,
    )
