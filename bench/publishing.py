"""How soon a publication is seen, and which pages are made anew for it."""

import threading
import time
from collections import defaultdict

from bench.load import busy, family
from bench.stage import Apart, ask, fetch
from bench.table import Run

_HIT = 4.0  # milliseconds of CPU: a page that is kept takes less, one that is made anew takes more


def publications(run: Run, others: list[str]) -> None:
    cluster, worst, gone = run.cluster, {"processes": 0.0, "nginx": 0.0}, 0.0
    one = Apart(cluster, "one", "newsroom.wsgi", "--workers", "1")
    one.start()
    worker = family(one.pid)[1]

    def spent(address: str) -> float:
        before = busy(worker)
        fetch(one.url + address)
        return busy(worker) - before

    end = time.monotonic() + 30
    while (kept := [address for address in others if spent(address) < _HIT]) != others and time.monotonic() < end:
        time.sleep(0.5)
    for _number in range(run.plan.repeats):
        with Watching({"processes": f"{cluster.webs[0].url}/", "nginx": f"{cluster.url}/"}) as watching:
            said = ask(cluster, "publish")
            time.sleep(3)
        for name in worst:
            worst[name] = max(worst[name], watching.last_without(name, said["title"]) - said["at"])
        with Watching({"nginx": f"{cluster.url}/"}) as watching:
            taken = ask(cluster, "withdraw", said["title"])
            time.sleep(3)
        gone = max(gone, watching.last_with("nginx", said["title"]) - taken["at"])
    anew = [address for address in kept if spent(address) > _HIT]
    one.stop()
    run.tell(
        "a publication is seen by every reader",
        f"after {worst['processes']:.1f} s in every process, {worst['nginx']:.1f} s through nginx "
        f"(the longest of {run.plan.repeats})",
        "within 2 s",
        max(worst.values()) <= 2,
    )
    run.tell("a withdrawal is gone, through nginx", f"after {gone:.1f} s", "within 5 s", gone <= 5)
    run.tell("pages of other things that a publication empties", f"{len(anew)} of {len(kept)}", "none", not anew)
    run.notes += [f"made anew after a publication: {address}" for address in anew]


class Watching:
    """Asks for pages again and again, each time over a new connection, and remembers what they said and when."""

    def __init__(self, urls: dict[str, str]) -> None:
        self._urls, self._ends = urls, threading.Event()
        self.seen: dict[str, list[tuple[float, bytes]]] = defaultdict(list)

    def __enter__(self) -> "Watching":
        self._threads = [threading.Thread(target=self._watch, args=each) for each in self._urls.items()]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        for thread in self._threads:
            thread.join()

    def _watch(self, name: str, url: str) -> None:
        while not self._ends.is_set():
            began = time.time()
            self.seen[name].append((began, fetch(url)[2]))
            time.sleep(0.03)

    def last_without(self, name: str, words: str) -> float:
        return max((at for at, page in self.seen[name] if words.encode() not in page), default=0.0)

    def last_with(self, name: str, words: str) -> float:
        return max((at for at, page in self.seen[name] if words.encode() in page), default=0.0)
