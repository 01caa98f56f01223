"""A Postman collection gives models and a stub as any contract does."""

import json
from pathlib import Path

from accord.contract import load_contract
from accord.generating import generate_package
from tests.contract_model.test_odd_documents import COLLECTION


def test_saved_bodies_are_models_and_requests_are_operations(tmp_path: Path) -> None:
    file = tmp_path / "collection.json"
    file.write_text(json.dumps(COLLECTION), encoding="utf-8")
    files = generate_package(load_contract(str(file))).files
    assert "class PostPetsIdRequestBody(BaseModel):\n    n: int | MISSING = MISSING" in files["models.py"]
    assert "class PutPets:" in files["operations.py"]
