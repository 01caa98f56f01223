"""What every command that loads a contract says of it."""

import click

from accord.contract import Contract, check_contract


def report_findings(contract: Contract) -> None:
    """Prints what is wrong with a contract that loads, each finding on a line of standard error.

    What makes a command impossible was raised by then; the rest is for people to mend, and keeps nothing
    from going on: most contracts that are in use have a fault somewhere.
    """
    for finding in check_contract(contract):
        click.echo(str(finding), err=True)
