"""How far a run is, shown on standard error where somebody can see it move."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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
        shown: dict[str, _Shown] = {}
        for each in told:
            if isinstance(each, Began):
                if each.phase not in shown:
                    shown[each.phase] = _Shown(progress.add_task(each.phase, total=None, told=""))
                shown[each.phase].total += each.operations
                progress.update(shown[each.phase].task, total=shown[each.phase].total or None)
            elif isinstance(each, Scenario):
                progress.update(shown[each.phase].task, advance=1, told=shown[each.phase].said_after(each))
            yield each


@dataclass(slots=True)
class _Shown:
    """The line of one phase."""

    task: TaskID
    total: int = 0
    cases: int = 0
    failures: int = 0

    def said_after(self, scenario: Scenario) -> str:
        """What stands at the end of the line once this has been seen."""
        self.cases += len(scenario.exchanges)
        self.failures += len(scenario.failures)
        return f"{self.cases} cases" + (f", [red]{self.failures} failures[/]" if self.failures else "")


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
