"""Errors as problems: one table for what is raised while a request is answered."""

import logging
from collections.abc import Mapping

from accord.exchange import Problem
from accord.handling.refusals import Refusal
from accord.serving.service import ErrorStatus

_log = logging.getLogger("accord.serving")

_INTERNAL = "The server failed to answer. The log has the reason under this response's X-Request-Id."
_UNFINISHED = "This operation is not implemented yet."


class Failures:
    """The table: refusals say it themselves, the service maps errors of its domain, all else is a 500."""

    def __init__(self, errors: Mapping[type[Exception], int | ErrorStatus]) -> None:
        self._errors = errors

    def problem(self, error: Exception) -> tuple[Problem, Mapping[str, str]]:
        """The problem that an error is answered with, and the headers that go with it.

        What nobody foresaw is logged with its traceback, and its text is not shown.
        """
        if isinstance(error, Refusal):
            return Problem.of(error.status, error.detail, title=error.title), error.headers
        for kind in type(error).__mro__:
            if kind in self._errors:
                return _mapped(error, self._errors[kind]), {}
        if isinstance(error, NotImplementedError):
            return Problem.of(501, str(error) or _UNFINISHED), {}
        _log.error("a request failed: %s", type(error).__name__, exc_info=error)
        return Problem.of(500, _INTERNAL), {}


def _mapped(error: Exception, entry: int | ErrorStatus) -> Problem:
    if isinstance(entry, int):
        return Problem.of(entry, str(error))
    problem = Problem.of(entry.status, entry.detail or str(error), title=entry.title)
    return Problem(problem.status, problem.title, problem.detail, type=entry.type)
