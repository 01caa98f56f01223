"""What mypy says of handlers: one run over a small project, one module for each claim."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from accord.generating import Package, make_skeletons, write_package

_GIVEN = """
from generated import models
from generated.operations import AddBook, GetCover, Handlers, ListBooks, PutCover
from handlers import books, covers
"""

MODULES = {
    "complete.py": """
handlers = Handlers[object](
    list_books=books.list_books,
    add_book=books.add_book,
    get_cover=covers.get_cover,
    put_cover=covers.put_cover,
)
""",
    "missing.py": """
handlers = Handlers[object](
    list_books=books.list_books, add_book=books.add_book, get_cover=covers.get_cover
)
""",
    "wrong_signature.py": """
handlers = Handlers[object](
    list_books=books.list_books,
    add_book=books.add_book,
    get_cover=covers.put_cover,
    put_cover=covers.put_cover,
)
""",
    "undocumented.py": """
async def put_cover(request: PutCover.Request, caller: object) -> PutCover.Response:
    if caller:
        return PutCover.Created()
    return AddBook.Created(location="/")


async def add_book(request: AddBook.Request, caller: object) -> ListBooks.NotFound:
    return ListBooks.NotFound(models.Problem(title="Not Found", status=404))


handlers = Handlers[object](
    list_books=books.list_books, add_book=add_book, get_cover=covers.get_cover, put_cover=put_cover
)
""",
    "wrong_body.py": """
body = GetCover.Ok("text", media_type="image/png")
genre: models.Genre = "cookery"
request = ListBooks.Request(page="first")
""",
    "absent.py": """
def subtitle(book: models.BookRequest) -> str:
    return book.subtitle.upper()
""",
}


@pytest.fixture(scope="module")
def complaints(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What mypy --strict says of each module."""
    folder = tmp_path_factory.mktemp("project")
    write_package(package.files, folder / "generated")
    made = make_skeletons(package.operations, ["Key"], {}, generated="generated", handlers="handlers")
    files = {f"handlers/{name}": text for name, text in made.files.items()}
    files |= {name: _GIVEN + text for name, text in MODULES.items()}
    (folder / "handlers").mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)
    ran = _mypy(folder)
    said = dict.fromkeys((*MODULES, "handlers", "generated"), "")
    for line in ran.splitlines():
        name = line.partition(":")[0].partition("/")[0]
        said[name] = said.get(name, "") + line + "\n"
    return said


def _mypy(folder: Path) -> str:
    (folder / "mypy.ini").write_text("[mypy]\nstrict = true\nshow_error_context = true\n")
    command = [sys.executable, "-m", "mypy", "--no-error-summary", *MODULES, "handlers", "generated"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode in {0, 1}, ran.stdout + ran.stderr
    return ran.stdout


def _errors(said: str) -> list[str]:
    return [line for line in said.splitlines() if ": error:" in line]


def test_a_handler_for_every_operation_is_accepted(complaints: Mapping[str, str]) -> None:
    assert complaints["complete.py"] == ""


def test_the_skeletons_and_the_generated_package_are_accepted(complaints: Mapping[str, str]) -> None:
    assert complaints["handlers"] == ""
    assert complaints["generated"] == ""


def test_an_operation_without_handler_is_an_error_that_names_it(complaints: Mapping[str, str]) -> None:
    assert 'Missing named argument "put_cover" for "Handlers"' in complaints["missing.py"]


def test_a_wrong_signature_is_an_error_that_names_the_operation(complaints: Mapping[str, str]) -> None:
    assert 'Argument "get_cover" to "Handlers" has incompatible type' in complaints["wrong_signature.py"]
    assert complaints["wrong_signature.py"].count(": error:") == 1


def test_an_undocumented_status_is_an_error_that_names_the_operation(complaints: Mapping[str, str]) -> None:
    _, named, returned, wired = _errors(complaints["undocumented.py"])
    assert '"type[PutCover]" has no attribute "Created"' in named
    assert 'got "Created", expected "' in returned
    assert "NoContent | " in returned
    assert 'Argument "add_book" to "Handlers" has incompatible type' in wired


def test_where_the_context_of_errors_is_shown_a_wrong_response_names_its_handler(
    complaints: Mapping[str, str],
) -> None:
    before, _, _ = complaints["undocumented.py"].partition("[return-value]")
    context = [line for line in before.splitlines() if ": note: In function" in line]
    assert context == ['undocumented.py: note: In function "put_cover":']


def test_a_wrong_body_literal_or_parameter_is_an_error(complaints: Mapping[str, str]) -> None:
    assert complaints["wrong_body.py"].count(": error:") == 3


def test_a_property_that_may_be_absent_or_null_has_to_be_asked_first(complaints: Mapping[str, str]) -> None:
    assert "[union-attr]" in complaints["absent.py"]
