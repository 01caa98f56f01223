"""The console: a page that shows what a running mock is asked, and changes what it holds.

Its files stand here as browsers get them: no build step, and nothing from another host.
"""

from accord.mocking.console.files import console_file

__all__ = ["console_file"]
