"""All that is wrong with a contract."""

from accord.contract import Contract, check_contract
from accord.findings import Finding
from accord.linting.components import unused_components
from accord.linting.examples import broken_examples
from accord.linting.operations import faulty_operations
from accord.linting.places import schemas_of
from accord.linting.schemas import faulty_schemas
from accord.linting.security import faulty_security


def lint(contract: Contract) -> tuple[Finding, ...]:
    """All findings of a contract, in the order of the files that people edit, each once."""
    schemas = tuple(schemas_of(contract.document))
    found = (
        *check_contract(contract),
        *faulty_operations(contract),
        *faulty_security(contract),
        *faulty_schemas(contract, schemas),
        *broken_examples(contract, schemas),
        *unused_components(contract),
    )
    return tuple(sorted(dict.fromkeys(found), key=_place))


def _place(finding: Finding) -> tuple[bool, object, str]:
    return finding.position is None, finding.position or "", finding.rule
