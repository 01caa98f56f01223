"""What commands there are, for whom, and how each is called. `accord --help` shows it and imports none."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listed:
    """A command as it is listed: what it does in a line, and how it is called, the plainest call first."""

    summary: str
    examples: tuple[str, ...]


CATALOGUE: Mapping[str, Mapping[str, Listed]] = {
    "For the frontend": {
        "mock": Listed(
            "Answer every operation by the contract alone.",
            (
                "accord mock openapi.yaml",
                'accord mock openapi.yaml --port 8080 --fault "delay=2s; rate=10%"',
                "accord mock openapi.yaml --explain",
            ),
        ),
        "proxy": Listed(
            "Stand before a real server, and say what breaks the contract.",
            (
                "accord proxy openapi.yaml http://localhost:8000",
                "accord proxy openapi.yaml http://localhost:8000 --record seen",
                "accord proxy openapi.yaml http://localhost:8000 --errors",
            ),
        ),
    },
    "For the backend": {
        "new": Listed(
            "Write a contract project whose tests pass at once.",
            ("accord new my-api", "accord new my-api --from openapi.yaml"),
        ),
        "generate": Listed(
            "Write models, the typed server stub and handler skeletons.",
            (
                "accord generate",
                "accord generate --check",
                "accord generate openapi.yaml --output generated",
            ),
        ),
        "serve": Listed(
            "Serve the contract with the project's handlers.",
            ("accord serve", "accord serve --reload --validate-responses", "accord serve --workers 4"),
        ),
    },
    "For CI": {
        "lint": Listed(
            "Tell what is wrong with a contract, and what to do about it.",
            (
                "accord lint openapi.yaml",
                "accord lint openapi.yaml --fail-on warning",
                "accord lint openapi.yaml --format sarif --output lint.sarif",
            ),
        ),
        "diff": Listed(
            "Tell what changed, and whether it breaks clients.",
            (
                "accord diff main:openapi.yaml openapi.yaml",
                "accord diff old.yaml new.yaml --format markdown",
                "accord diff main:openapi.yaml --fail-on warning --format github",
            ),
        ),
        "verify": Listed(
            "Find out by thousands of requests whether a server keeps it.",
            (
                "accord verify openapi.yaml --server http://localhost:8000",
                "accord verify --serve --workers 2 --report junit=verify.xml",
                "accord verify openapi.yaml --mock --coverage",
            ),
        ),
        "coverage": Listed(
            "Say how much of the contract was seen, in tests or traffic.",
            ("accord coverage seen.json", "accord coverage traffic.har seen.json --missing --fail-under 80"),
        ),
    },
    "For all": {
        "completion": Listed(
            "Print what completes this command in your shell.",
            (
                "accord completion bash >> ~/.bashrc",
                "accord completion zsh >> ~/.zshrc",
                "accord completion fish > ~/.config/fish/completions/accord.fish",
            ),
        ),
    },
}
"""The commands by those who use them."""

LISTED: Mapping[str, Listed] = {
    name: listed for group in CATALOGUE.values() for name, listed in group.items()
}
"""The same by name."""
