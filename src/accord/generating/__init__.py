"""Models, the typed server stub and handler skeletons, made from a contract; and whether they are stale."""

from accord.generating.package import MARKER, Package, generate_package
from accord.generating.skeletons import Skeletons, make_skeletons
from accord.generating.writing import Stale, stale_files, write_package

__all__ = [
    "MARKER",
    "Package",
    "Skeletons",
    "Stale",
    "generate_package",
    "make_skeletons",
    "stale_files",
    "write_package",
]
