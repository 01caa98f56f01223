import pytest

from accord.generating.naming import (
    field_name,
    function_name,
    one_line,
    pascal_case,
    snake_case,
    status_class_name,
    unique,
)


@pytest.mark.parametrize(
    ("written", "snake", "pascal"),
    [
        ("getAssistant", "get_assistant", "GetAssistant"),
        ("X-Request-Id", "x_request_id", "XRequestId"),
        ("HTTPServerURL", "http_server_url", "HTTPServerURL"),
        ("io.k8s.api.core.v1.Pod", "io_k8s_api_core_v1_pod", "IoK8sApiCoreV1Pod"),
        ("filter[name]", "filter_name", "FilterName"),
        ("3d", "n3d", "N3d"),
        ("日本", "value", "Value"),
        ("", "value", "Value"),
    ],
)
def test_names_become_identifiers(written: str, snake: str, pascal: str) -> None:
    assert (snake_case(written), pascal_case(written)) == (snake, pascal)
    assert snake.isidentifier()
    assert pascal.isidentifier()


@pytest.mark.parametrize(
    ("status", "name"),
    [
        ("200", "Ok"),
        ("204", "NoContent"),
        ("413", "ContentTooLarge"),
        ("422", "UnprocessableContent"),
        ("299", "Status299"),
        ("4XX", "Status4XX"),
        ("5xx", "Status5XX"),
        ("default", "Default"),
    ],
)
def test_a_status_is_called_what_rfc_9110_calls_it(status: str, name: str) -> None:
    assert status_class_name(status) == name


def test_a_field_does_not_hide_a_type_a_keyword_or_the_body() -> None:
    assert [field_name(name) for name in ("class", "list", "body", "dt", "date")] == [
        "class_",
        "list_",
        "body_",
        "dt_",
        "date",
    ]


def test_a_function_is_no_keyword() -> None:
    assert function_name("import") == "import_"


def test_a_name_that_is_taken_gets_its_suffix_and_then_a_number() -> None:
    assert unique("Pet", {"Cat"}) == "Pet"
    assert unique("Pet", {"Pet"}, suffix="Model") == "PetModel"
    assert unique("Pet", {"Pet", "Pet2"}) == "Pet3"


def test_a_description_becomes_its_first_sentence_on_one_line() -> None:
    assert one_line("Reads\n  one. Then another.") == "Reads one."
    assert one_line("a " * 80).endswith("a…")
    assert len(one_line("a " * 80)) <= 100
