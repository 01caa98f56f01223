"""Components that nothing refers to."""

from collections.abc import Iterator

from accord.contract import Contract
from accord.document import pointers
from accord.findings import Finding
from accord.linting.rules import finding

_COMPONENTS = "/components/"
_DEPTH = 3


def unused_components(contract: Contract) -> Iterator[Finding]:
    """The components that no operation needs, nor what it needs. Security schemes are named there."""
    content = contract.document.content
    components = content.get("components")
    if not isinstance(components, dict):
        return
    outside = {key: value for key, value in content.items() if key != "components"}
    named = {f"{_COMPONENTS}securitySchemes/{pointers.escape(name)}" for name in _named_schemes(contract)}
    used: dict[str, None] = dict.fromkeys((*_targets(outside), *named))
    waiting = list(used)
    while waiting:
        unit = _unit(waiting.pop())
        try:
            found = [each for each in _targets(contract.document.at(unit)) if each not in used]
        except LookupError:
            continue
        used.update(dict.fromkeys(found))
        waiting += found
    units = {_unit(each) for each in used}
    for kind, entries in components.items():
        for name in entries if isinstance(entries, dict) and not kind.startswith("x-") else ():
            pointer = pointers.join(_COMPONENTS[:-1], kind, name)
            if pointer not in units:
                message = f"nothing that the contract does needs the {_singular(kind)} {name!r}"
                yield finding(contract, "unused-component", pointer, message, "remove it, or refer to it")


def _targets(value: object) -> Iterator[str]:
    """The pointers that references lead to, those of discriminators included."""
    for _, reference in pointers.references(value):
        if reference.startswith("#"):
            yield pointers.from_fragment(reference)
    for mapping in _mappings(value):
        yield from (_leads(target) for target in mapping.values() if isinstance(target, str))


def _leads(target: str) -> str:
    return (
        pointers.from_fragment(target) if "#" in target else f"{_COMPONENTS}schemas/{pointers.escape(target)}"
    )


def _mappings(value: object) -> Iterator[dict[str, object]]:
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            discriminator = node.get("discriminator")
            mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
            if isinstance(mapping, dict):
                yield mapping
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)


def _unit(pointer: str) -> str:
    """The component that a pointer leads into."""
    return "/".join(pointer.split("/")[: _DEPTH + 1]) if pointer.startswith(_COMPONENTS) else pointer


def _named_schemes(contract: Contract) -> Iterator[str]:
    for operation in contract.operations:
        for way in operation.security:
            yield from way.schemes


def _singular(kind: str) -> str:
    words = {"schemas": "schema", "securitySchemes": "security scheme", "requestBodies": "request body"}
    return words.get(kind, kind.removesuffix("s"))
