"""Whether two servers of one contract answer alike: a mock, and the server that it stands for."""

from accord.verifying.parity.comparing import Aspect, Unlike
from accord.verifying.parity.model import Difference, Parity
from accord.verifying.parity.replaying import Comparison

__all__ = ["Aspect", "Comparison", "Difference", "Parity", "Unlike"]
