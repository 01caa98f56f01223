import time
from typing import Any

import pytest

from accord.document import check_structure, read_document


def check(write: Any, text: str) -> Any:
    return check_structure(read_document(write({"openapi.yaml": text})))


def test_a_sound_document_has_no_findings(write: Any) -> None:
    assert check(write, "paths: {/a: {get: {responses: {'200': {description: d}}}}}\n") == ()


@pytest.mark.parametrize(
    ("text", "rule", "message", "place"),
    [
        (
            "paths: {/a: {get: {responses: {'200': {}}}}}\n",
            "missing-field",
            "the response lacks 'description'",
            "3:32",
        ),
        ("paths: {/a: {get: {summry: s}}}\n", "unknown-field", "the operation has no field 'summry'", "3:20"),
        (
            "paths: {/a: {get: {tags: x}}}\n",
            "wrong-type",
            "'tags' of the operation has to be array, not string",
            "3:20",
        ),
        ("components: {schemas: {A: {type: strin}}}\n", "structure", "the schema", "3:28"),
        ("components: {schemas: {A: {required: [a, a]}}}\n", "structure", "non-unique", "3:28"),
    ],
)
def test_a_fault_has_rule_message_and_place(
    write: Any, text: str, rule: str, message: str, place: str
) -> None:
    (finding,) = check(write, text)
    assert finding.rule == rule
    assert message in f"{finding.message}"
    assert str(finding.position) == f"openapi.yaml:{place}"


def test_an_unknown_field_names_the_one_that_was_meant(write: Any) -> None:
    (finding,) = check(write, "paths: {/a: {get: {operationID: s}}}\n")
    assert "'operationId'" in finding.hint


def test_what_stands_beside_a_reference_is_explained(write: Any) -> None:
    paths = "paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/P', name: x}]}}}\n"
    text = f"{paths}components: {{parameters: {{P: {{name: p, in: query, schema: {{}}}}}}}}\n"
    (finding,) = check(write, text)
    assert "beside a $ref" in finding.hint


def test_a_fault_in_another_file_is_placed_there(write: Any) -> None:
    location = write({"openapi.yaml": "paths: {/a: {$ref: a.yaml}}\n", "a.yaml": "get:\n  tags: x\n"})
    (finding,) = check_structure(read_document(location))
    assert str(finding.position) == "a.yaml:2:3"


def test_a_field_with_a_wrong_value_is_reported_once(write: Any) -> None:
    findings = check(
        write, "info2: 1\npaths: {/a: {get: {parameters: [{name: a, in: nowhere, schema: {}}]}}}\n"
    )
    assert sorted(finding.rule for finding in findings) == ["unknown-field", "wrong-value"]


def test_thousands_of_faults_are_found_in_time_that_grows_with_their_number(write: Any) -> None:
    lines = [
        f"  /a{number}: {{get: {{oddly: 1, responses: {{default: {{description: d}}}}}}}}"
        for number in range(5_000)
    ]
    started = time.process_time()
    assert len(check(write, "\n".join(["paths:", *lines, ""]))) == 5_000
    assert time.process_time() - started < 4
