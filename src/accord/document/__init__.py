"""Reading OpenAPI documents: any version, one file or many, into one normal form with source positions."""

from accord.document.loading import read_document
from accord.document.model import Document

__all__ = ["Document", "read_document"]
