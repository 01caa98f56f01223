"""Handlers that are not written yet: a skeleton for each operation that has none, made once.

What people wrote is never changed. A skeleton goes into a new module: the tag's, where there is none yet,
else one for the operation.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from accord.generating.formatting import formatted
from accord.generating.handwritten import Written, read_handlers
from accord.generating.naming import function_name, unique
from accord.generating.operations import is_generic
from accord.generating.stub import StubOperation


@dataclass(frozen=True, slots=True)
class Skeletons:
    """New modules of the handlers package by file name, and what people have to change themselves.

    `advice` are lines to add; `gone` says where something of an operation stands that is no more.
    """

    files: Mapping[str, str]
    advice: str = ""
    gone: tuple[str, ...] = ()


def make_skeletons(
    operations: Sequence[StubOperation],
    schemes: Sequence[str],
    sources: Mapping[str, str],
    *,
    generated: str,
    handlers: str,
    folder: str = "handlers",
) -> Skeletons:
    """The modules to write for operations without handler.

    `sources` are the modules that are there, by file name, of `folder`, as positions show it; `generated`
    and `handlers` are the packages' import names; `schemes` are the contract's security schemes. Raises
    UsageError where a module cannot be parsed.
    """
    written = read_handlers(sources, generated, folder)
    known = written.functions.keys() | written.wired.keys()
    missing = [each for each in operations if each.function not in known]
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
    return Skeletons(files, _advice(operations, places, written, handlers), tuple(_gone(operations, written)))


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
    if not unwired or written.wires_more:
        return ""
    modules = sorted({places[operation.function] for operation in unwired} - written.imported)
    imports = [f"from {handlers} import {module}" for module in modules if module != "__init__"]
    wiring = [f"    {_wire(operation, places)}" for operation in unwired]
    return "\n".join([*imports, "Handlers(", *wiring, ")"])


def _gone(operations: Sequence[StubOperation], written: Written) -> Iterator[str]:
    """Each place where an operation is still named that the contract does not state any more."""
    functions = {operation.function for operation in operations}
    classes = {operation.name for operation in operations}
    for name, place in sorted({**written.wired, **written.stated}.items(), key=lambda item: item[1]):
        if name not in functions | classes:
            yield f"{place}: {name} is no operation of the contract: remove it"
