"""Samples: values of a contract's schemas that are valid, look real, and are the same each time."""

from accord.schemas.sampling.identities import identities_of
from accord.schemas.sampling.sampler import Sample, Sampler

__all__ = ["Sample", "Sampler", "identities_of"]
