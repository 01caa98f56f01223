import pytest

from accord.document import pointers
from accord.schemas import Direction, Schemas
from accord.schemas.sampling import Sampler
from tests.schemas.sampling.hard_schemas import SCHEMAS, document_of, files, hard_schemas, judge_of

SEEDS = ("accord", "1", "2")
# What this file of schemas has that the judge cannot tell, or tells wrongly.
MISJUDGED = {
    # 0.07 / 0.01 is no integer in binary, and there is no other multiple between the bounds.
    "hundredths between bounds",
    "tenths between excluded bounds",
}
# Of what cannot be satisfied, what the canonical form does not prove.
UNPROVED = {"a pattern that is longer than allowed"}


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("name", files())
def test_hard_schemas_have_valid_samples(name: str, direction: Direction) -> None:
    document, names = hard_schemas(name)
    schemas = Schemas(document)
    for each in names:
        schemas.at(pointers.join(SCHEMAS, each), direction)
    faults_of = judge_of(schemas.content(direction))
    for seed in SEEDS:
        sampler = Sampler(schemas, seed)
        for each in names:
            pointer = pointers.join(SCHEMAS, each)
            sample = sampler.sample(pointer, direction=direction)
            assert sample.findings == (), each
            assert each in MISJUDGED or not faults_of(pointer, sample.value), (each, sample.value)


def test_no_hard_schema_is_judged_less_than_it_says() -> None:
    for name in files():
        document, names = hard_schemas(name)
        schemas = Schemas(document)
        for each in names:
            schemas.at(pointers.join(SCHEMAS, each), Direction.RESPONSE)
        assert schemas.findings == (), name


def test_what_no_value_satisfies_is_a_finding_that_says_so() -> None:
    document, names = hard_schemas("unsatisfiable")
    sampler = Sampler(Schemas(document))
    for each in names:
        (finding,) = sampler.sample(pointers.join(SCHEMAS, each)).findings
        says = "was found for" if each in UNPROVED else "can satisfy"
        assert finding.rule == "unsatisfied-schema"
        assert finding.message.startswith(f"no value {says} this schema: "), finding.message


def test_a_format_is_given_up_before_what_is_always_judged() -> None:
    schema = {"type": "string", "format": "byte", "pattern": "^[a-z]$"}
    sample = Sampler(Schemas(document_of({"S": schema}))).sample(f"{SCHEMAS}/S")
    assert len(sample.value) == 1
    assert [finding.rule for finding in sample.findings] == ["unsatisfied-schema"]


@pytest.mark.parametrize("seed", SEEDS)
def test_numbers_are_such_that_a_division_in_binary_agrees(seed: str) -> None:
    schema = {"type": "number", "multipleOf": 0.01}
    value = Sampler(Schemas(document_of({"S": schema})), seed).sample(f"{SCHEMAS}/S").value
    assert (value / 0.01).is_integer()
