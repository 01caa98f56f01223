import json

import pytest

from accord.exchange import Kind, Problem, Violation, problem_of, status_of


def violation(kind: Kind, location: str = "body", **terms: str) -> Violation:
    return Violation(kind, location, "is wrong", "/rule", **terms)


@pytest.mark.parametrize(
    ("kind", "location", "status"),
    [
        (Kind.MALFORMED, "body", 400),
        (Kind.MISSING, "body", 400),
        (Kind.INVALID, "body", 422),
        (Kind.INVALID, "query", 400),
        (Kind.MISSING, "header", 400),
        (Kind.UNKNOWN, "query", 400),
        (Kind.UNAUTHENTICATED, "header", 401),
        (Kind.FORBIDDEN, "header", 403),
        (Kind.PATH, "path", 404),
        (Kind.METHOD, "path", 405),
        (Kind.NOT_ACCEPTABLE, "header", 406),
        (Kind.TOO_LARGE, "body", 413),
        (Kind.MEDIA_TYPE, "header", 415),
    ],
)
def test_each_kind_of_violation_has_its_status(kind: Kind, location: str, status: int) -> None:
    assert status_of(violation(kind, location)) == status
    assert problem_of([violation(kind, location)]).status == status


def test_every_kind_has_a_status() -> None:
    assert {status_of(violation(kind)) for kind in Kind} >= {400, 422, 415}


def test_a_problem_tells_what_is_to_be_mended_first() -> None:
    problem = problem_of([violation(Kind.INVALID, pointer="/n"), violation(Kind.MEDIA_TYPE, "header")])
    assert (problem.status, problem.title) == (415, "Unsupported Media Type")
    assert "There is 1 more fault." in problem.detail
    assert len(problem.errors) == 2


def test_a_problem_is_written_as_rfc_9457_has_it() -> None:
    problem = problem_of([violation(Kind.INVALID, pointer="/n", expected="an integer", received='"x"')])
    assert json.loads(problem.to_bytes()) == {
        "type": "about:blank",
        "title": "Unprocessable Content",
        "status": 422,
        "detail": "The body is well-formed, but breaks its schema: /n is wrong.",
        "errors": [
            {
                "location": "body",
                "pointer": "/n",
                "reason": "is wrong",
                "expected": "an integer",
                "received": '"x"',
                "rule": "/rule",
            }
        ],
    }


@pytest.mark.parametrize("text", ["\ud800", "\x00", "\u2028", "\udcff" * 5])
def test_a_problem_can_always_be_written(text: str) -> None:
    problem = problem_of([violation(Kind.INVALID, "query", name=text, received=text)])
    written = json.loads(problem.to_bytes())
    assert written["status"] == 400
    assert json.loads(Problem.of(404, text).to_bytes())["title"] == "Not Found"


def test_a_status_that_nobody_knows_has_a_title_too() -> None:
    assert Problem.of(499).title == "Status 499"


def test_a_problem_may_have_members_of_its_own() -> None:
    problem = Problem(404, "Not Found", extensions={"searched": "pets"})
    assert json.loads(problem.to_bytes())["searched"] == "pets"
