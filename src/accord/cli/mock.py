"""`accord mock`: the contract, answered by itself, under uvicorn."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from accord.cli.behaviours import behaving, behaviour_files, stub_files
from accord.cli.configured import ConfiguredCommand
from accord.cli.joining import joined
from accord.cli.launching import (
    Server,
    Settings,
    choices_of,
    following,
    in_worker,
    launch,
    load,
    mock_of,
    teller_of,
)
from accord.cli.options import ANSWERING, LISTENING, contracts, with_options
from accord.cli.project import find_project, is_own
from accord.cli.seeding import files_in, own_folders, recording_files, replay, sown, stage
from accord.errors import UsageError
from accord.mocking import Mock
from accord.mocking.asgi import Application, Tell
from accord.mocking.model import Exchange
from accord.mocking.places import world_of
from accord.mocking.recording import Records
from accord.mocking.state.world import Collection, World, Worlds

if TYPE_CHECKING:
    from accord.mocking.faulting.rules import Rules
    from accord.mocking.scenarios.progress import Progress
    from accord.mocking.sharing.places import Place
    from accord.mocking.sharing.shared import Shared
    from accord.mocking.sharing.stores import Store

_OPTIONS = (
    click.option("--strict/--no-strict", default=True, help="Refuse wrong requests, or answer and tell."),
    click.option(
        "--errors/--no-errors", default=False, help="Answer 500 where a response breaks the contract."
    ),
    click.option(
        "--data", type=click.Path(), help="The folder with rows that worlds begin with, and scenarios."
    ),
    click.option(
        "--scenario",
        "scenarios",
        metavar="NAME",
        multiple=True,
        help="Have this scenario on from the start.",
    ),
    click.option(
        "--behaviours",
        type=click.Path(),
        help="The module, or the folder of modules, whose functions answer operations.",
    ),
    click.option(
        "--explain",
        "explains",
        is_flag=True,
        help="Print what operations do to which resources, and the scenarios, and end.",
    ),
    click.option(
        "--delay",
        default=0,
        show_default=True,
        type=click.IntRange(0),
        help="Milliseconds that every answer takes at least.",
    ),
    click.option(
        "--fault",
        "faults",
        metavar="[OPERATION:]FAULT",
        multiple=True,
        help="What answers suffer: `delay=1s..2s`, `createPet: status=503; rate=10%`.",
    ),
    click.option(
        "--replay",
        type=click.Path(file_okay=False),
        help="Answer by the recordings in this folder, as `accord proxy --record` writes them.",
    ),
    click.option(
        "--forward",
        "forwards",
        metavar="OPERATION=URL",
        multiple=True,
        help="Have the server at URL answer this operation, or those that have this pattern.",
    ),
    click.option(
        "--credential",
        metavar="TEXT",
        multiple=True,
        help="Take this key, token or user:password, and refuse all that are not named.",
    ),
    click.option("--open", "opens", is_flag=True, help="Open the start page in a browser."),
)


@click.command(cls=ConfiguredCommand, context_settings={"help_option_names": ["--help"]})
@click.argument("contract", required=False, shell_complete=contracts)
@with_options(*LISTENING, *ANSWERING, *_OPTIONS)
def mock(*, explains: bool, **settings: Any) -> None:
    """Answer every operation of CONTRACT with a response that keeps it.

    CONTRACT is a file or URL; without it, the contract of the project. A contract with faults is mocked
    as far as it can be, and its faults are printed. The log goes to standard error, a line a request.
    Every option can also stand in [tool.accord.mock] of pyproject.toml.
    """
    if explains:
        _explain(settings)
        return
    with joined(settings) as stated:
        launch(_prepared, __name__, stated, "mocked")


def _prepared(settings: Settings) -> Server:
    """The application of the command's own process, which looks whether there is a place for its state."""
    server = _application(settings)
    for line in _said_of_faults(settings, server.mock):
        click.echo(line, err=True)
    if isinstance(settings["journal"], str):
        from accord.mocking.sharing.opening import check_store  # noqa: PLC0415 - most mocks share no state

        place = _place(settings, server.mock)
        check_store(place)
        if "is_own" in settings:
            return server
        click.echo(f"The state is shared at {place.shown}, by the name {place.name!r}", err=True)
    return server


def application() -> Server:
    """The application of a worker's process."""
    return in_worker(_application)


def _application(settings: Settings) -> Server:
    mock, folders = mock_of(load(settings), settings), _own_folders(settings)
    recordings = recording_files(settings["replay"])
    seeds, scenarios = _told(mock, settings, folders)
    replay(mock, recordings)
    project, functions = find_project(Path.cwd()), _behaviour_files(settings)
    behave = behaving(project, functions)
    behave(mock)

    def begin(name: str) -> World:
        return World(name, seeds(), scenarios())

    def sow(mock: Mock) -> None:
        nonlocal seeds, scenarios
        seeds, scenarios = _told(mock, settings, folders)
        replay(mock, recordings)
        behave(mock)

    store = _store(settings, mock)
    tell, records = teller_of(settings, lambda: app.mock), _records(store)

    def tell_of_forwarded(exchange: Exchange) -> None:
        records.add(world_of(exchange.request), exchange)
        tell(exchange)

    app = Application(
        mock,
        choices_of(settings),
        worlds=Worlds(begin) if settings["state"] is True else None,
        shared=_shared(settings, store, begin),
        records=records,
        tell=tell,
        delay=settings["delay"] / 1000,
        rules=_rules(settings, mock),
        is_alone=settings["workers"] == 1,
    )
    server = _forwarding(app, settings, tell_of_forwarded) if settings["forwards"] else app

    def beside() -> Sequence[str]:
        held = (file for folder in folders for file in (str(folder), *files_in(folder)))
        return (*held, *recordings, *functions, *stub_files(project, functions))

    return following(server, settings, sow, beside)


def _said_of_faults(settings: Settings, mock: Mock) -> Iterable[str]:
    if not (settings["faults"] and settings["forwards"]):
        return ()
    from accord.cli.faulting import unsuffered  # noqa: PLC0415 - most mocks have no fault

    return unsuffered(settings["faults"], settings["forwards"], mock.contract)


def _rules(settings: Settings, mock: Mock) -> "Rules | None":
    """What answers suffer in all worlds. Raises UsageError."""
    if not settings["faults"]:
        return None
    from accord.cli.faulting import rules_of  # noqa: PLC0415 - most mocks have no fault

    return rules_of(settings["faults"], mock.contract)


def _store(settings: Settings, mock: Mock) -> "Store | None":
    """What processes have in common, where they do. Raises UsageError."""
    if not isinstance(settings["journal"], str):
        return None
    from accord.mocking.sharing.opening import open_store  # noqa: PLC0415 - as above

    return open_store(_place(settings, mock))


def _shared(settings: Settings, store: "Store | None", begin: Callable[[str], World]) -> "Shared | None":
    """The worlds that processes have in common, where they do."""
    if store is None or not settings["state"]:
        return None
    from accord.mocking.sharing.shared import Shared  # noqa: PLC0415 - as above

    return Shared(store, begin)


def _records(store: "Store | None") -> Records:
    """The journal, which processes have in common as they have the state."""
    if store is None:
        return Records()
    from accord.mocking.sharing.records import SharedRecords  # noqa: PLC0415 - as above

    return SharedRecords(store.log)


def _place(settings: Settings, mock: Mock) -> "Place":
    from accord.mocking.sharing.places import place_of  # noqa: PLC0415 - as above

    return place_of(settings["journal"], mock.contract.title)


def _forwarding(app: Application, settings: Settings, tell: Tell) -> Server:
    """The mock with the operations that the real server answers. Raises UsageError."""
    from accord.mocking.proxying import (  # noqa: PLC0415 - a mock that calls nobody starts without it
        Forwarding,
        Passing,
        Proxy,
        Upstream,
        check_rules,
    )

    choices, passing = choices_of(settings), Passing(errors=settings["errors"])
    rules = [each.partition("=")[::2] for each in settings["forwards"]]
    check_rules(app.mock.contract, [pattern for pattern, _ in rules])
    proxies = [
        (pattern, Proxy(app.mock, Upstream(url, option="--forward"), choices, passing, tell=tell))
        for pattern, url in rules
    ]
    return Forwarding(app, proxies)


def _own_folders(settings: Settings) -> Sequence[Path]:
    """The folders of rows and of scenarios. Those of the project are for its own contract, named or not.

    Raises UsageError.
    """
    if settings["scenarios"] and not settings["state"]:
        raise UsageError("a scenario is a state", hint="start the mock without --no-state")
    is_other = settings["data"] is None and not is_own(settings["contract"], Path.cwd())
    if is_other or not settings["state"]:
        return ()
    return own_folders(find_project(Path.cwd()).root, settings["data"])


def _told(
    mock: Mock, settings: Settings, folders: Sequence[Path]
) -> "tuple[Callable[[], Mapping[str, Collection]], Callable[[], Mapping[str, Progress]]]":
    """What gives a new world its rows, and the scenarios that are on in it.

    Raises UsageError and ContractError.
    """
    rows, stories = (files_in(folder) for folder in folders) if folders else ((), ())
    return sown(mock, rows), stage(mock, stories, settings["scenarios"])


def _behaviour_files(settings: Settings) -> Sequence[str]:
    """The modules of behaviours. As with rows, those of the project are for its own contract alone."""
    if settings["behaviours"] is None and not is_own(settings["contract"], Path.cwd()):
        return ()
    return behaviour_files(find_project(Path.cwd()).root, settings["behaviours"])


def _explain(settings: Settings) -> None:
    """Prints what the operations do to which resources, from what that was inferred, and the scenarios."""
    from accord.mocking.resources import explain  # noqa: PLC0415 - no mock that starts needs it
    from accord.mocking.scenarios.explaining import told  # noqa: PLC0415

    contract = load(settings)
    mock = mock_of(contract, settings)
    for line in explain(contract, mock.keeper.resources):
        click.echo(line)
    begun = _told(mock, settings, _own_folders(settings))[1]()
    for scenario in mock.scenarios.values():
        for line in told(scenario, is_on=scenario.name in begun):
            click.echo(line)
