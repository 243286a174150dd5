"""No room left: for what is uploaded, and for the tables of the database."""

import io
import json
import subprocess
import threading
import time
from pathlib import Path

from PIL import Image

from bench.faults.desk import Desk
from bench.faults.scene import Scene, small_disk
from bench.faults.tally import Tally
from tools.cluster import until

_BALLAST = "ballast"


def media_full(scene: Scene, tally: Tally, seconds: float) -> None:
    """Four people upload pictures until there is no room, and on, until there is again."""
    media = scene.cluster.var / "media"
    with small_disk(media, "3m"):
        over = threading.Event()
        tally.began = time.monotonic()
        threads = [threading.Thread(target=_uploads, args=(Desk(scene, 60 + n), tally, over)) for n in range(4)]
        for thread in threads:
            thread.start()
        until(lambda: bool(tally.failures), seconds * 3)
        time.sleep(seconds / 2)
        subprocess.run(["mount", "--options", "remount,size=64m", str(media)], check=True)
        tally.heal()
        time.sleep(seconds / 2)
        over.set()
        for thread in threads:
            thread.join()
        tally.audit(name for name in tally.acknowledged if _is_whole(media / name))


def _uploads(desk: Desk, tally: Tally, over: threading.Event) -> None:
    number = 0
    while not over.wait(0.05):
        number += 1
        began = time.monotonic()
        status, said = desk.upload(_picture(number))
        took = time.monotonic() - began
        if status == 200 and '"uploaded": 1' in said:
            tally.acknowledge(json.loads(said)["url"].removeprefix("/media/"))
        else:
            tally.fail(str(status), took)
            if status != 503:
                tally.wonder(f"an answer {status}")


def _picture(number: int) -> bytes:
    noise = Image.effect_noise((400, 300), 90).convert("RGB")
    noise.putpixel((number % 400, 0), (number % 255, 0, 0))
    made = io.BytesIO()
    noise.save(made, "JPEG")
    return made.getvalue()


def _is_whole(path: Path) -> bool:
    try:
        with Image.open(path) as picture:
            picture.load()
    except OSError:
        return False
    return True


def database_full(scene: Scene, tally: Tally, seconds: float) -> None:
    """The comments have a disk of their own, and something else fills it."""
    folder = scene.cluster.home / "small"
    folder.mkdir(exist_ok=True)
    with small_disk(folder, "6m", scene.cluster.database.owner):
        scene.ask(f"CREATE TABLESPACE small LOCATION '{folder}'")
        try:
            scene.ask("ALTER TABLE articles_comment SET TABLESPACE small")
            with scene.busy(tally):
                time.sleep(seconds / 2)
                scene.ask("VACUUM FULL articles_comment")  # no room is left inside of it either
                end = time.monotonic() + seconds
                while time.monotonic() < end:  # whatever becomes free is taken, too
                    _fill(folder / _BALLAST)
                    time.sleep(0.05)
                (folder / _BALLAST).unlink()
                tally.heal()
                time.sleep(seconds / 2)
        finally:
            (folder / _BALLAST).unlink(missing_ok=True)
            scene.ask("ALTER TABLE articles_comment SET TABLESPACE pg_default")
            scene.ask("DROP TABLESPACE small")


def _fill(file: Path) -> None:
    try:
        with file.open("ab", buffering=0) as ballast:
            while True:
                ballast.write(bytes(4096))
    except OSError:
        pass
