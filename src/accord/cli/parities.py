"""The comparison of two servers that a command makes, and what it prints of it."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console

from accord.contract import Contract
from accord.exchange import Outgoing
from accord.verifying import choose, credentials_from
from accord.verifying.commands import curl_of
from accord.verifying.parity import Comparison, Difference, Parity
from accord.verifying.parity.flows import Flows
from accord.verifying.parity.sending import Sender

_MADE_UP = "mock"
"""The credential of requests that are made by the contract alone."""
_LONGEST = 400


@contextmanager
def comparing(
    contract: Contract, mock: str, server: str, credentials: Mapping[str, str]
) -> Iterator[Comparison]:
    """A comparison of a mock with a server, after what both say of the contract's resources was compared.

    The mock is emptied, so that it begins as an empty server does. Of a server that holds something already,
    lists are not counted. Raises UsageError where the server's credentials are not in the environment.
    """
    theirs = credentials_from(os.environ, contract, choose(contract))
    unnamed = dict.fromkeys(credentials, _MADE_UP)
    ours = Sender(contract, mock, unnamed, credentials)
    before, after = Sender(contract, server, unnamed, theirs), Sender(contract, server, credentials, theirs)
    try:
        flows = Flows(contract, ours, ours.prepared)
        counts = flows.emptied() and Flows(contract, before, before.prepared).holds_nothing()
        comparison = Comparison(contract, after, counts=counts)
        comparison.compare_all(flows.exchanges())
        yield comparison
    finally:
        for each in (ours, before, after):
            each.close()


def print_parity(contract: Contract, parity: Parity, mock: str, server: str) -> None:
    """Prints each difference: the request, both answers, which keeps the contract, and its place."""
    console = Console(highlight=False, soft_wrap=True)
    for each in parity.differences:
        style = "bold red" if each.counts else ""
        console.print(str(each.finding), style=style, markup=False)
        if each.counts:
            _print_difference(console, contract, each, (mock, server))
    uncounted = f", lists were not counted in {parity.uncounted}" if parity.uncounted else ""
    console.print(
        f"{parity.compared} requests were asked of the mock and of {server}; {parity.passed_over} more were "
        f"about what only one of them had{uncounted}",
        markup=False,
    )
    counting = sum(each.counts for each in parity.differences)
    words = f"[bold red]{counting} differences" if counting else "[green]the mock answers as the server does"
    console.print(f"{words}[/]")


def _print_difference(
    console: Console, contract: Contract, each: Difference, origins: tuple[str, str]
) -> None:
    requests, answers = (each.asked, each.asked_theirs), (each.ours, each.theirs)
    for name, request, answer, origin in zip(("mock", "server"), requests, answers, origins, strict=True):
        console.print(f"   {curl_of(contract, request, origin)}", markup=False)
        console.print(f"   {name} -> {answer.status} {_shown(answer)}", markup=False)
    console.print(f"   {each.count} times; the contract is kept by {each.keeps}\n", markup=False)


def _shown(answer: Outgoing) -> str:
    text = " ".join(answer.body[:_LONGEST].decode("utf-8", "replace").split())
    return "".join(letter if letter.isprintable() else "?" for letter in text)
