"""Postman collections, v2.0 and v2.1, as OpenAPI."""

from accord.document.postman.detecting import read_collection

__all__ = ["read_collection"]
