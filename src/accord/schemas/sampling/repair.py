"""What of a value can be left out so that the rest of it is valid."""

import copy
from typing import Any

from accord.document import pointers
from accord.schemas.validators import Validator

_MOST_ROUNDS = 6


def without_faults(validator: Validator, value: Any) -> Any:
    """The value without the parts that break the schema; the value itself where that is of no use."""
    repaired = copy.deepcopy(value)
    for _ in range(_MOST_ROUNDS):
        violations = validator.violations(repaired)
        if not violations:
            return repaired
        removed = [_remove(repaired, pointers.split(each.pointer)) for each in violations]
        if not any(removed):
            return value
    return repaired if validator.is_valid(repaired) else value


def _remove(value: Any, path: list[str]) -> bool:
    """Takes out what stands at the path, or, where nothing does, what should have held it."""
    while path:
        holder, last = _at(value, path[:-1]), path[-1]
        if isinstance(holder, dict) and last in holder:
            del holder[last]
            return True
        if isinstance(holder, list) and last.isdecimal() and int(last) < len(holder):
            del holder[int(last)]
            return True
        path = path[:-1]
    return False


def _at(value: Any, path: list[str]) -> Any:
    try:
        return pointers.walk(value, pointers.join("", *path))
    except LookupError:
        return None
