"""Contract-first tools: one OpenAPI document by hand, everything else follows from it."""

__version__ = "0.1.0"
