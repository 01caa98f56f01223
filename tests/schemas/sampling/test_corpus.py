from pathlib import Path

import pytest

from accord.document import pointers, read_document
from accord.schemas import Direction, Schemas
from accord.schemas.sampling import Sampler

CORPUS = Path(__file__).parents[3] / "../shared/corpus"
SCHEMAS_OF_EACH = 15
# What no value satisfies, or none was found for: the document, the schema, and why.
KNOWN = {
    # Dozens of forms of which exactly one may fit, and most of them accept the same members.
    ("elasticsearch-serverless.json", "_types.aggregations.Aggregate"),
}


def documents() -> list[str]:
    manifest = CORPUS / "MANIFEST.tsv"
    if not manifest.is_file():
        return []
    return [line.partition("\t")[0] for line in manifest.read_text(encoding="utf-8").splitlines()[1:]]


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the public contracts are not in ../shared/corpus")
@pytest.mark.parametrize("name", documents())
def test_samples_of_public_contracts_are_valid(name: str) -> None:
    document = read_document(str(CORPUS / name), allow=[str(CORPUS)], lenient=True)
    schemas = Schemas(document)
    sampler = Sampler(schemas)
    listed = document.content.get("components", {}).get("schemas", {})
    for schema in list(listed)[:SCHEMAS_OF_EACH]:
        pointer = pointers.join("/components/schemas", schema)
        sample = sampler.sample(pointer, key=name)
        is_valid = schemas.at(pointer, Direction.RESPONSE).is_valid(sample.value)
        assert is_valid or (name, schema) in KNOWN, f"{schema}: {sample.findings}"
