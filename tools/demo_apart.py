"""A demo that is started for a tool and thrown away: it has its own folder and port, so it disturbs no other."""

import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def demo() -> Iterator[str]:
    """Serve a demo of our own and yield its address; stop it and remove what it wrote afterwards.

    Raises `ChildProcessError` where it does not start, and `TimeoutError` where it does not answer within three
    minutes.
    """
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="newsroom-demo-") as folder:
        environment = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "DEMO_DIR": folder}
        process = subprocess.Popen([ROOT / "tools" / "demo"], env=environment, stdout=subprocess.DEVNULL)
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address, process)
            yield address
        finally:
            process.terminate()
            process.wait()


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(360):
        if process.poll() is not None:
            raise ChildProcessError("The demo did not start; its own words are above.")
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.5)
    raise TimeoutError("The demo did not answer within three minutes.")
