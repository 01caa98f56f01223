"""The mock server: every operation of a contract answered by the contract alone."""

from accord.mocking.mock import Mock
from accord.mocking.model import Choices, Request, Response
from accord.mocking.responding import respond

__all__ = ["Choices", "Mock", "Request", "Response", "respond"]
