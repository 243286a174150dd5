"""How a process begins that makes rows beside the one that writes them.

It is found here before Django is set up in it, so nothing here may ask for a model.
"""

import signal

import django


def begin() -> None:
    """Set Django up. Who is asked to stop is the process that writes: this one ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    django.setup()
