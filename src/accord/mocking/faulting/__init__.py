"""What answers are to suffer, so that a client can be tested for it: delays, errors, broken connections."""

from accord.mocking.faulting.chances import Chance
from accord.mocking.faulting.model import NO_FAULT, Cut, Fault, Limit
from accord.mocking.faulting.reading import UnusableFault, read_fault

__all__ = ["NO_FAULT", "Chance", "Cut", "Fault", "Limit", "UnusableFault", "read_fault"]
