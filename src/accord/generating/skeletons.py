"""Handlers that are not written yet: a skeleton for each operation that has none, made once.

What people wrote is read (by `ast`, never imported) and never changed. A skeleton goes into a new module:
the tag's, where there is none yet, else one for the operation.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from accord.errors import UsageError
from accord.generating.formatting import formatted
from accord.generating.naming import function_name, unique
from accord.generating.operations import is_generic
from accord.generating.stub import StubOperation


@dataclass(frozen=True, slots=True)
class Skeletons:
    """New modules of the handlers package by file name, and what people have to add themselves."""

    files: Mapping[str, str]
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What is there already: the module of each function, what `Handlers(...)` is given, what is imported."""

    functions: Mapping[str, str]
    wired: frozenset[str]
    imported: frozenset[str]


def make_skeletons(
    operations: Sequence[StubOperation],
    schemes: Sequence[str],
    sources: Mapping[str, str],
    *,
    generated: str,
    handlers: str,
) -> Skeletons:
    """The modules to write for operations without handler.

    `sources` are the modules that are there, by file name; `generated` and `handlers` are the packages'
    import names; `schemes` are the contract's security schemes. Raises UsageError where a module cannot
    be parsed.
    """
    written = _written(sources)
    missing = [each for each in operations if each.function not in written.functions.keys() | written.wired]
    modules = _modules(missing, {name.removesuffix(".py") for name in sources})
    files = {
        f"{module}.py": formatted(_module(module, group, generated), module)
        for module, group in modules.items()
    }
    places = {
        **written.functions,
        **{op.function: module for module, group in modules.items() for op in group},
    }
    if "__init__.py" not in sources:
        service = _service(operations, schemes, places, generated, handlers)
        files["__init__.py"] = formatted(service, "__init__.py")
        return Skeletons(files)
    return Skeletons(files, _advice(operations, places, written, handlers))


def _written(sources: Mapping[str, str]) -> Written:
    functions: dict[str, str] = {}
    wired: set[str] = set()
    imported: set[str] = set()
    for name, text in sorted(sources.items()):
        tree = _parsed(name, text)
        module = name.removesuffix(".py")
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                functions.setdefault(node.name, module)
        if name == "__init__.py":
            wired, imported = set(_wired(tree)), set(_imported(tree))
    return Written(functions, frozenset(wired), frozenset(imported))


def _parsed(name: str, text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise UsageError(
            f"{name}:{error.lineno}: handlers cannot be read: {error.msg}",
            hint="which operations have a handler is read from the source; correct it and run again",
        ) from None


def _wired(tree: ast.Module) -> Iterator[str]:
    """The keywords of the call of `Handlers`, or of `Handlers[Caller]`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node.func) == "Handlers":
            yield from (keyword.arg for keyword in node.keywords if keyword.arg)


def _called(node: ast.expr) -> str:
    node = node.value if isinstance(node, ast.Subscript) else node
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)


def _modules(missing: Iterable[StubOperation], taken: set[str]) -> dict[str, list[StubOperation]]:
    by_tag: defaultdict[str, list[StubOperation]] = defaultdict(list)
    for operation in missing:
        by_tag[function_name(operation.tag)].append(operation)
    modules: dict[str, list[StubOperation]] = {}
    for tag, group in by_tag.items():
        if tag not in taken:
            modules[tag] = group
            continue
        for operation in group:
            module = unique(operation.function, taken | modules.keys(), suffix="_handler")
            modules[module] = [operation]
    return modules


def _module(module: str, group: Sequence[StubOperation], generated: str) -> str:
    names = ", ".join(sorted(operation.name for operation in group))
    head = f'"""Handlers: {module}."""\n\nfrom {generated}.operations import {names}\n'
    return head + "".join(_skeleton(operation) for operation in group)


def _skeleton(operation: StubOperation) -> str:
    caller = {"none": "", "optional": ", caller: object", "required": ", caller: object"}[operation.caller]
    text = operation.summary.replace("\\", "\\\\").replace('"', "'")
    return f'''

async def {operation.function}(request: {operation.name}.Request{caller}) -> {operation.name}.Response:
    """{text}"""
    raise NotImplementedError("{operation.function} is not implemented yet")
'''


def _service(
    operations: Sequence[StubOperation],
    schemes: Sequence[str],
    places: Mapping[str, str],
    generated: str,
    handlers: str,
) -> str:
    modules = sorted({places[operation.function] for operation in operations})
    generic = is_generic(operations)
    wiring = "\n".join(f"            {_wire(operation, places)}" for operation in operations)
    authenticate = ", ".join(f"{scheme!r}: nobody" for scheme in schemes)
    return "\n".join(
        [
            '"""What serves the contract: its handlers, and what stands around them."""',
            "",
            *(["from collections.abc import Sequence", ""] if schemes else []),
            "from accord.serving import Service",
            f"from {generated}.operations import Handlers",
            *([f"from {handlers} import {', '.join(modules)}"] if modules else []),
            *(_NOBODY.splitlines() if schemes else []),
            "",
            "",
            "def build() -> Service[object]:",
            '    """The service: every handler, and whom a credential belongs to."""',
            "    return Service(",
            f"        handlers=Handlers{'[object]' if generic else ''}(",
            wiring,
            "        ),",
            *([f"        authenticate={{{authenticate}}},"] if schemes else []),
            "    )",
            "",
        ]
    )


_NOBODY = '''

async def nobody(credential: str, scopes: Sequence[str]) -> object | None:
    """Nobody yet: answer here whom a credential belongs to, or None where it is unknown."""
    return None
'''


def _wire(operation: StubOperation, places: Mapping[str, str]) -> str:
    return f"{operation.function}={places[operation.function]}.{operation.function},"


def _advice(
    operations: Sequence[StubOperation], places: Mapping[str, str], written: Written, handlers: str
) -> str:
    """The lines that the package's own `__init__.py` lacks, ready to paste; empty where it lacks none."""
    unwired = [operation for operation in operations if operation.function not in written.wired]
    if not unwired:
        return ""
    modules = sorted({places[operation.function] for operation in unwired} - written.imported)
    imports = [f"from {handlers} import {module}" for module in modules if module != "__init__"]
    wiring = [f"    {_wire(operation, places)}" for operation in unwired]
    return "\n".join([*imports, "Handlers(", *wiring, ")"])
