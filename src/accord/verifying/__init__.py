"""Contract tests: what an implementation answers, held against its contract.

`accord.verifying.running` asks a server, and is imported by itself: Schemathesis comes with it.
"""

from accord.verifying.blaming import Blame, Side
from accord.verifying.causes import Cause
from accord.verifying.choosing import choose
from accord.verifying.credentials import credentials_from, made_up, variable_of
from accord.verifying.exchanges import Exchange
from accord.verifying.reported import report_of
from accord.verifying.settings import CHECKS, PHASES, SEVERITIES, Settings
from accord.verifying.told import Began, Ended, Failure, Scenario, Told, Trouble
from accord.verifying.verdict import Hearing, Tally, Verdict

__all__ = [
    "CHECKS",
    "PHASES",
    "SEVERITIES",
    "Began",
    "Blame",
    "Cause",
    "Ended",
    "Exchange",
    "Failure",
    "Hearing",
    "Scenario",
    "Settings",
    "Side",
    "Tally",
    "Told",
    "Trouble",
    "Verdict",
    "choose",
    "credentials_from",
    "made_up",
    "report_of",
    "variable_of",
]
