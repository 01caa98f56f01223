import json

import pytest

from accord.schemas import Direction, Schemas
from accord.schemas.sampling import Sampler
from tests.schemas.sampling.hard_schemas import SCHEMAS, document_of, judge_of
from tests.schemas.sampling.satisfiable import Maker


@pytest.mark.parametrize("first", range(0, 400, 50))
def test_random_schemas_that_can_be_satisfied_have_valid_samples(first: int) -> None:
    for seed in range(first, first + 50):
        schema = Maker(seed).schema()
        schemas = Schemas(document_of({"S": schema}))
        sample = Sampler(schemas, str(seed)).sample(f"{SCHEMAS}/S")
        assert sample.findings == (), json.dumps(schema)
        assert not judge_of(schemas.content(Direction.RESPONSE))(f"{SCHEMAS}/S", sample.value), sample.value
