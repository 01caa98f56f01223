import importlib
import sys
from pathlib import Path

import pytest

from accord.errors import UsageError
from accord.generating import Package, Skeletons, make_skeletons, write_package

WIRED = """
from handlers import books
service = Handlers[object](list_books=books.list_books, add_book=books.add_book)
"""
BOOKS = "async def list_books(request, caller): ...\nasync def add_book(request, caller): ...\n"


def skeletons(package: Package, sources: dict[str, str]) -> Skeletons:
    return make_skeletons(package.operations, ["Key"], sources, generated="generated", handlers="handlers")


def test_what_was_made_once_is_never_made_again(package: Package) -> None:
    first = skeletons(package, {})
    assert skeletons(package, dict(first.files)) == Skeletons({})


def test_an_operation_with_a_function_of_its_name_gets_no_skeleton(package: Package) -> None:
    made = skeletons(package, {"library.py": BOOKS})
    assert set(made.files) == {"covers.py", "__init__.py"}
    assert "list_books=library.list_books," in made.files["__init__.py"]


def test_an_operation_that_is_wired_under_another_name_gets_no_skeleton(package: Package) -> None:
    wired = "Handlers(list_books=a.b, add_book=a.c, get_cover=a.d, put_cover=a.e)"
    assert skeletons(package, {"__init__.py": wired}) == Skeletons({})


def test_a_tag_whose_module_is_there_gets_a_module_for_each_missing_operation(package: Package) -> None:
    made = skeletons(package, {"books.py": "async def list_books(request, caller): ...\n"})
    assert set(made.files) == {"add_book.py", "covers.py", "__init__.py"}
    assert "add_book=add_book.add_book," in made.files["__init__.py"]


def test_what_the_own_service_lacks_is_told_as_lines_to_add(package: Package) -> None:
    made = skeletons(package, {"__init__.py": WIRED, "books.py": BOOKS})
    assert set(made.files) == {"covers.py"}
    assert made.advice.splitlines() == [
        "from handlers import covers",
        "Handlers(",
        "    get_cover=covers.get_cover,",
        "    put_cover=covers.put_cover,",
        ")",
    ]


def test_handlers_may_be_wired_in_any_module(package: Package) -> None:
    wired = "Handlers(list_books=a.b, add_book=a.c, get_cover=a.d, put_cover=a.e)"
    assert skeletons(package, {"__init__.py": "", "wiring.py": wired}) == Skeletons({})


def test_nothing_is_advised_where_handlers_are_given_in_a_way_that_source_does_not_show(
    package: Package,
) -> None:
    wired = "service = Handlers(**found)"
    functions = "".join(f"def {each.function}(): ...\n" for each in package.operations)
    assert skeletons(package, {"__init__.py": wired, "all.py": functions}) == Skeletons({})


def test_what_is_left_of_an_operation_that_is_gone_is_told_with_its_place(package: Package) -> None:
    books = f"from generated.operations import (\n    AddBook,\n    DropBook,\n)\n{BOOKS}"
    wired = WIRED.replace("add_book=", "drop_book=books.drop_book, add_book=")
    made = skeletons(package, {"__init__.py": wired, "books.py": books})
    assert made.gone == (
        "handlers/__init__.py:3:57: drop_book is no operation of the contract: remove it",
        "handlers/books.py:3:5: DropBook is no operation of the contract: remove it",
    )


def test_handlers_that_cannot_be_parsed_are_named_with_the_line(package: Package) -> None:
    with pytest.raises(UsageError, match=r"handlers cannot be read") as raised:
        skeletons(package, {"broken.py": "x = 1\ndef ("})
    assert str(raised.value).startswith("handlers/broken.py:2:5: ")


async def test_the_service_of_the_skeletons_builds_and_each_says_it_is_not_implemented(
    package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_skeletons(
        package.operations, ["Key"], {}, generated="library_made", handlers="library_handlers"
    )
    write_package(package.files, tmp_path / "library_made")
    (tmp_path / "library_handlers").mkdir()
    for name, text in made.files.items():
        (tmp_path / "library_handlers" / name).write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    service = importlib.import_module("library_handlers").build()
    with pytest.raises(NotImplementedError, match="get_cover is not implemented yet"):
        await service.handlers.get_cover(None)
    for name in [name for name in sys.modules if name.startswith("library_")]:
        del sys.modules[name]
