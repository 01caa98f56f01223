"""The mock as a fixture of pytest: one process for a run, a world of its own for each test.

pytest imports this module in every run, whether or not a test asks for the mock: so it imports the rest when
one does.
"""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from accord.testing import Mock, World
    from accord.verifying import Exchange


def pytest_addoption(parser: pytest.Parser) -> None:
    """The settings of the fixtures."""
    parser.addini(
        "accord_contract",
        "The contract that accord_mock mocks: a file, from the root of the tests, or a URL. Without it, the "
        "contract of [tool.accord].",
        default="",
    )
    parser.addini("accord_options", "Options of accord mock, as on the command line.", "args", default=[])
    group = parser.getgroup("accord")
    group.addoption(
        "--accord-coverage",
        metavar="PATH",
        help="Write what the tests show of the contract into this file: see accord coverage.",
    )
    group.addoption("--accord-url", metavar="URL", help="Use the mock that runs there, and start none.")


def pytest_configure(config: pytest.Config) -> None:
    """The mark of tests."""
    config.addinivalue_line(
        "markers", "accord_scenario(name, ...): have these scenarios on in the world of accord_mock"
    )


@pytest.fixture(scope="session")
def accord_mock_server(pytestconfig: pytest.Config) -> "Iterator[Mock]":
    """The mock of the run. Most tests want `accord_mock`, a world of it."""
    from accord.testing import Mock  # noqa: PLC0415 - see above

    url = pytestconfig.getoption("accord_url")
    contract = pytestconfig.getini("accord_contract") or None
    options = pytestconfig.getini("accord_options")
    mock = Mock(url) if url else Mock.start(contract, *options, folder=pytestconfig.rootpath)
    with mock:
        yield mock


@pytest.fixture
def accord_mock(accord_mock_server: "Mock", request: pytest.FixtureRequest) -> "Iterator[World]":
    """A world that belongs to this test alone, with the scenarios on that its marks name."""
    world = accord_mock_server.world()
    world.reset()
    for mark in request.node.iter_markers("accord_scenario"):
        for name in mark.args:
            world.scenario(name).on()
    yield world
    world.drop()


@pytest.fixture(scope="session")
def accord_coverage(pytestconfig: pytest.Config) -> "Iterator[Callable[[Exchange], object]]":
    """Takes in what the tests exchange, and writes with `--accord-coverage` what that shows of the contract.

    It is what CoverageMiddleware and CoverageTransport of accord.verifying.capturing are given. Without the
    option it takes in nothing.
    """
    path = pytestconfig.getoption("accord_coverage")
    if not path:
        yield lambda exchange: None  # noqa: ARG005 - what both are given
        return
    from accord.cli.coverage import write_coverage  # noqa: PLC0415 - see above
    from accord.cli.project import find_project  # noqa: PLC0415
    from accord.contract import load_contract  # noqa: PLC0415
    from accord.verifying.coverage import Observer  # noqa: PLC0415

    stated = pytestconfig.getini("accord_contract")
    project = find_project(pytestconfig.rootpath, contract=stated or None)
    location = (
        project.contract if "://" in project.contract else str(pytestconfig.rootpath / project.contract)
    )
    observer = Observer(load_contract(location, allow=project.allow, lenient=True))
    yield observer.see
    worker = getattr(pytestconfig, "workerinput", {}).get("workerid", "")
    target = pytestconfig.rootpath / path
    write_coverage(
        target.with_stem(f"{target.stem}-{worker}") if worker else target, observer.coverage.to_json()
    )
