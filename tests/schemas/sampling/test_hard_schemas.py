import pytest

from accord.document import pointers
from accord.schemas import Direction, Schemas
from accord.schemas.sampling import Sampler
from tests.schemas.sampling.hard_schemas import SCHEMAS, files, hard_schemas, judge_of

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
