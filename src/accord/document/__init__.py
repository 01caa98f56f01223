"""Reading OpenAPI documents: any version, one file or many, into one normal form with source positions."""

from accord.document.limits import Limits
from accord.document.loading import read_document
from accord.document.model import Document
from accord.document.structure import check_structure

__all__ = ["Document", "Limits", "check_structure", "read_document"]
