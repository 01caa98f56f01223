"""The words in paths and schemas."""

import pytest

from accord.mocking.resources.names import base_of, key_words


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("pets", "pet"), ("ApiTokens", "api_token"), ("ssh-keys", "ssh_key"), ("categories", "category"),
        ("addresses", "address"), ("branches", "branch"), ("statuses", "status"), ("databases", "database"),
        ("repos", "repo"), ("people", "person"), ("news", "news"), ("status", "status"), ("houses", "house"),
        ("apps", "app"), ("topics", "topic"), ("aliases", "alias"), ("boxes", "box"),
        ("analysis", "analysis"),
    ],
)  # fmt: skip
def test_a_resource_is_called_by_the_singular_of_its_path(name: str, base: str) -> None:
    assert base_of(name) == base


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("id", ("", "id")),
        ("petId", ("pet", "id")),
        ("pet_id", ("pet", "id")),
        ("AccountSid", ("account", "sid")),
        ("issue_number", ("issue", "number")),
        ("petid", ("pet", "id")),
        ("branch", ("branch", "")),
        ("paid", ("paid", "")),
    ],
)
def test_a_parameter_says_whose_key_it_is(name: str, words: tuple[str, str]) -> None:
    assert key_words(name) == words
