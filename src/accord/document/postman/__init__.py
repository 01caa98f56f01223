"""Postman collections, v2.0 and v2.1, as OpenAPI."""

from accord.document.postman.collection import Collection, read_collection

__all__ = ["Collection", "read_collection"]
