"""What people wrote in the handlers package, read by `ast`: nothing is imported, so nothing runs."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from accord.errors import UsageError
from accord.findings import Position

_NO_OPERATIONS = frozenset({"Handlers", "Shared", "CallerT", "*"})
"""What operations.py has beside its operations."""


@dataclass(slots=True)
class Written:
    """What is there already.

    `functions`: the module of each function. `wired`: what `Handlers(...)` is given by name, and where;
    `wires_more` where it is given more, by `**`. `imported`: what `__init__.py` imports. `stated`: the
    operations that are imported from the generated package, and where.
    """

    functions: dict[str, str] = field(default_factory=dict)
    wired: dict[str, Position] = field(default_factory=dict)
    wires_more: bool = False
    imported: set[str] = field(default_factory=set)
    stated: dict[str, Position] = field(default_factory=dict)


def read_handlers(sources: Mapping[str, str], generated: str, folder: str) -> Written:
    """What the modules, by file name, hold; `generated` is the import name of the generated package.

    `folder` is where they are, as positions show it.
    Raises UsageError where a module cannot be parsed.
    """
    written = Written()
    for name, text in sorted(sources.items()):
        file = f"{folder}/{name}"
        tree = _parsed(file, text)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                written.functions.setdefault(node.name, name.removesuffix(".py"))
        for call in _calls_of_handlers(tree):
            written.wires_more |= any(keyword.arg is None for keyword in call.keywords)
            written.wired |= {each.arg: _place(file, each) for each in call.keywords if each.arg}
        for node, alias in _imports(tree):
            if name == "__init__.py":
                written.imported.add(alias.asname or alias.name)
            if node.module == f"{generated}.operations" and alias.name not in _NO_OPERATIONS:
                written.stated.setdefault(alias.name, _place(file, alias))
    return written


def _parsed(file: str, text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise UsageError(
            f"handlers cannot be read: {error.msg}",
            hint="which operations have a handler is read from the source; correct it and run again",
            position=Position(file, error.lineno or 1, error.offset or 1),
        ) from None


def _calls_of_handlers(tree: ast.Module) -> Iterator[ast.Call]:
    """The calls of `Handlers`, or of `Handlers[Caller]`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node.func) == "Handlers":
            yield node


def _called(node: ast.expr) -> str:
    node = node.value if isinstance(node, ast.Subscript) else node
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _imports(tree: ast.Module) -> Iterator[tuple[ast.ImportFrom, ast.alias]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield node, alias


def _place(file: str, node: ast.keyword | ast.alias) -> Position:
    return Position(file, node.lineno, node.col_offset + 1)
