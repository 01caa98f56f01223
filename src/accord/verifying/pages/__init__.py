"""A verdict as one HTML page that needs no other file."""

from accord.verifying.pages.page import Section, to_page

__all__ = ["Section", "to_page"]
