from collections.abc import Callable
from typing import Any

import pytest

from accord.contract import Contract
from accord.generating import Package, generate_package

OK = "responses: {'200': {description: ok}}"


def test_equal_operation_ids_are_told_apart_where_they_are_allowed(
    contract_of: Callable[..., Contract],
) -> None:
    paths = f"/a: {{get: {{operationId: read, {OK}}}}}\n/b: {{get: {{operationId: read, {OK}}}}}"
    made = generate_package(contract_of(paths=paths, lenient=True))
    assert [(each.id, each.name, each.function) for each in made.operations] == [
        ("read", "Read", "read"),
        ("getB", "GetB", "get_b"),
    ]


def test_of_two_paths_that_are_one_the_first_is_stated(contract_of: Callable[..., Contract]) -> None:
    paths = f"/a/{{x}}: {{get: {{operationId: one, {OK}}}}}\n/a/{{y}}: {{get: {{operationId: two, {OK}}}}}"
    made = generate_package(contract_of(paths=paths, lenient=True))
    assert [each.id for each in made.operations] == ["one"]


def test_ids_that_differ_only_in_their_case_get_names_of_their_own(
    contract_of: Callable[..., Contract],
) -> None:
    paths = f"/a: {{get: {{operationId: getPet, {OK}}}}}\n/b: {{get: {{operationId: get_pet, {OK}}}}}"
    made = generate_package(contract_of(paths=paths))
    assert [(each.name, each.function) for each in made.operations] == [
        ("GetPet", "get_pet"),
        ("GetPetOperation", "get_pet2"),
    ]


@pytest.mark.parametrize("name", ["class", "import", "Handlers", "None", "Shared", "1st", "日本"])
def test_an_id_that_python_cannot_use_is_made_usable(models_of: Callable[..., Any], name: str) -> None:
    operations = models_of("{}", f"/a: {{get: {{operationId: '{name}', {OK}}}}}", module="operations")
    (field,) = operations.Handlers.__dataclass_fields__.values()
    assert field.metadata["operation"].operation_id == name


@pytest.mark.parametrize(
    ("schema", "annotation", "default"),
    [
        ("{type: integer, default: 3}", "int", "3"),
        ("{type: number, default: 3}", "float", "3"),
        ("{type: string, enum: [a, b], default: b}", "Literal['a', 'b']", "'b'"),
        ("{type: string, enum: [a, b], default: c}", "Literal['a', 'b'] | None", "None"),
        ("{type: string, format: uuid}", "UUID | None", "None"),
        (
            "{type: string, format: date, default: '2024-02-29'}",
            "dt.date",
            'dt.date.fromisoformat("2024-02-29")',
        ),
        ("{type: [string, 'null']}", "str | None", "None"),
        ("{type: array, items: {type: integer}}", "list[int] | None", "None"),
        ("{$ref: '#/components/schemas/Size'}", "models.Size | None", "None"),
        ("{anyOf: [{type: string}, {type: integer}]}", "str | int | None", "None"),
        ("{}", "Any", "None"),
    ],
)
def test_a_parameter_has_the_type_and_default_of_its_schema(
    contract_of: Callable[..., Contract], schema: str, annotation: str, default: str
) -> None:
    paths = f"/a: {{get: {{parameters: [{{name: p, in: query, schema: {schema}}}], {OK}}}}}"
    made = generate_package(contract_of("Size: {type: string, enum: [s, m]}", paths))
    (field,) = made.operations[0].request
    assert (field.type, field.default) == (annotation, default)


def test_a_body_in_several_media_types_says_which_it_is_in(package: Package) -> None:
    add_book = package.operations[1]
    assert [(each.name, each.location) for each in add_book.request] == [
        ("body", "body"),
        ("media_type", "media_type"),
    ]


@pytest.mark.parametrize(
    ("content", "annotation"),
    [
        ("{application/xml: {schema: {type: array, items: {type: integer}}}}", "list[int]"),
        ("{application/vnd.a+yaml: {schema: {type: array, items: {type: integer}}}}", "list[int]"),
        ("{text/xml: {schema: {type: string}}}", "str"),
        ("{application/xml: {}}", "str"),
        ("{text/csv: {schema: {type: array}}}", "str"),
    ],
)
def test_a_request_in_xml_or_yaml_has_the_type_of_what_it_stands_for(
    contract_of: Callable[..., Contract], content: str, annotation: str
) -> None:
    paths = f"/a: {{post: {{requestBody: {{required: true, content: {content}}}, {OK}}}}}"
    (body,) = generate_package(contract_of(paths=paths)).operations[0].request
    assert body.type == annotation


def test_a_header_that_the_server_sets_itself_never_has_to_be_given(
    contract_of: Callable[..., Contract],
) -> None:
    headers = "{X-Request-Id: {required: true, schema: {type: string}}, X-Cost: {required: true, schema: {}}}"
    paths = f"/a: {{get: {{responses: {{'200': {{description: ok, headers: {headers}}}}}}}}}"
    (response,) = generate_package(contract_of(paths=paths)).operations[0].responses
    assert [(each.name, each.default) for each in response.headers] == [
        ("x_request_id", "None"),
        ("x_cost", ""),
    ]


@pytest.mark.parametrize(
    ("security", "caller"), [("[]", "none"), ("[{Key: []}]", "required"), ("[{}, {Key: []}]", "optional")]
)
def test_a_caller_is_given_as_the_security_of_the_operation_asks(
    contract_of: Callable[..., Contract], security: str, caller: str
) -> None:
    made = generate_package(contract_of(paths=f"/a: {{get: {{security: {security}, {OK}}}}}"))
    assert made.operations[0].caller == caller


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("{}", "media_type: ClassVar[None] = None"),
        ("{text/csv: {}}", 'media_type: ClassVar[Literal["text/csv"]] = "text/csv"'),
        (
            "{text/csv: {}, text/plain: {}}",
            'media_type: Literal["text/csv", "text/plain"] | None = field(default=None, kw_only=True)',
        ),
        (
            "{text/csv: {}, image/png: {}}",
            'media_type: Literal["text/csv", "image/png"] = field(default="text/csv", kw_only=True)',
        ),
        ("{image/*: {}}", "media_type: str = field(kw_only=True)"),
        ("{'*/*': {}}", 'media_type: str = field(default="application/octet-stream", kw_only=True)'),
    ],
)
def test_the_handler_names_the_media_type_where_only_it_can_know(
    contract_of: Callable[..., Contract], content: str, line: str
) -> None:
    paths = f"/a: {{get: {{responses: {{'200': {{description: ok, content: {content}}}}}}}}}"
    assert f"        {line}\n" in generate_package(contract_of(paths=paths)).files["operations.py"]


def test_headers_that_openapi_takes_from_elsewhere_are_no_parameters(
    contract_of: Callable[..., Contract],
) -> None:
    listed = ", ".join(f"{{name: {name}, in: header}}" for name in ("Accept", "authorization", "X-Own"))
    made = generate_package(contract_of(paths=f"/a: {{get: {{parameters: [{listed}], {OK}}}}}"))
    assert [each.name for each in made.operations[0].request] == ["x_own"]
