"""The command that makes, lists and revokes API keys: python -m store.keys."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar
from uuid import UUID

import click

from store.database import Database, database_url, open_database
from store.errors import StoreError
from store.keyring import ApiKey, IssuedKey, Keyring, Role
from store.migrating import migrate
from store.organisations import Organisation, Organisations

# The organisation of the contract's own example, so that the example can be sent as it stands.
DEVELOPMENT_ORGANISATION = "3c90c3cc-0d44-4b50-8888-8dd25736052a"

ResultT = TypeVar("ResultT")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--database", metavar="URL", help="The database; else DATABASE_URL; else .state/assistant.sqlite3."
)
@click.pass_context
def keys(context: click.Context, database: str | None) -> None:
    """Make, list and revoke the API keys of the Assistant API."""
    context.obj = database or database_url(os.environ)


@keys.command()
@click.option("--organisation", required=True, metavar="NAME|ID", help="Whose key it is; made if it is new.")
@click.option(
    "--role", required=True, type=click.Choice([role.value for role in Role]), help="What it may do."
)
@click.pass_obj
def create(url: str, organisation: str, role: str) -> None:
    """Make a key and show it, this one time."""
    if not organisation.strip():
        raise click.BadParameter("an organisation has a name or an id", param_hint="--organisation")
    owner, issued = _with_database(url, lambda database: _issue(database, organisation, Role(role)))
    _show(owner, issued)


@keys.command("list")
@click.pass_obj
def list_keys(url: str) -> None:
    """List every key that was made, revoked ones too."""
    known, names = _with_database(url, _all_keys)
    if not known:
        click.echo("There are no keys yet; make one with: python -m store.keys create", err=True)
    for key in known:
        click.echo(_line(key, names[key.organisation]))


@keys.command()
@click.argument("prefix", metavar="KEY")
@click.pass_obj
def revoke(url: str, prefix: str) -> None:
    """Revoke a key, named by its first characters or by all of them. It is refused from then on."""
    if len(prefix) <= len("in-"):
        raise click.BadParameter("name the key by more of its first characters", param_hint="KEY")
    key = _with_database(url, lambda database: Keyring(database).revoke(prefix))
    click.echo(f"{key.prefix}… is revoked")


@keys.command()
@click.pass_obj
def ensure_development(url: str) -> None:
    """Make a key for development and show it, if the database has no key at all; else do nothing."""
    made = _with_database(url, _first_key)
    if made is not None:
        click.echo("The database has no API key yet. This one is for development:")
        _show(*made)


def _with_database(url: str, ask: Callable[[Database], Awaitable[ResultT]]) -> ResultT:
    """What `ask` gives, with the tables in place; an error of the store ends the command with status 1."""

    async def answer() -> ResultT:
        await migrate(url)
        database = open_database(url)
        try:
            return await ask(database)
        finally:
            await database.close()

    try:
        return asyncio.run(answer())
    except StoreError as error:
        raise click.ClickException(str(error)) from error


async def _issue(database: Database, organisation: str, role: Role) -> tuple[Organisation, IssuedKey]:
    owner = await Organisations(database).enrol(organisation)
    return owner, await Keyring(database).issue(owner.id, role)


async def _first_key(database: Database) -> tuple[Organisation, IssuedKey] | None:
    if not await Keyring(database).is_empty():
        return None
    return await _issue(database, DEVELOPMENT_ORGANISATION, Role.FULL)


async def _all_keys(database: Database) -> tuple[tuple[ApiKey, ...], Mapping[UUID, str]]:
    return await Keyring(database).all(), await Organisations(database).names()


def _show(owner: Organisation, issued: IssuedKey) -> None:
    click.echo(issued.secret)
    name = "" if owner.name == str(owner.id) else f" ({owner.name})"
    click.echo(f"  organisation {owner.id}{name}, role {issued.key.role}", err=True)
    click.echo("  It is not shown again: only a hash of it was stored.", err=True)


def _line(key: ApiKey, name: str) -> str:
    state = f"revoked {key.revoked_at:%Y-%m-%d %H:%M}" if key.revoked_at else "valid"
    made = f"{key.created_at:%Y-%m-%d %H:%M}"
    return f"{key.prefix}…  {key.role:<4}  {made}  {state:<24}  {key.organisation}  {name}"


if __name__ == "__main__":
    keys(prog_name="python -m store.keys")
