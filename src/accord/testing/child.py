"""Runs a module as a command until whoever started it is gone, even by `kill -9`: then its input ends."""

import os
import runpy
import signal
import sys
import threading

_INPUT = 0


def _watch() -> None:
    while os.read(_INPUT, 1024):  # not by sys.stdin, whose lock would be held when the interpreter ends
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=_watch, name="end-with-parent", daemon=True).start()
    module = sys.argv.pop(1)
    runpy.run_module(module, run_name="__main__", alter_sys=True)
