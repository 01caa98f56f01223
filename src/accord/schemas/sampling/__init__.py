"""Samples: values of a contract's schemas that are valid, look real, and are the same each time."""

from accord.schemas.sampling.sampler import Sample, Sampler

__all__ = ["Sample", "Sampler"]
