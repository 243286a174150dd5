"""Hold the locks against what asks for them, without asking any network.

The two of Python must name every package as `name==version`, each with its hashes and nothing else: no address,
no path, no option. The development lock must hold the run lock whole. Everything pyproject.toml asks for
must be locked at a version it accepts, and nothing may be locked that nothing asks for. The
dependencies of dependencies are read from what is installed, so run it in the environment of the
development lock (`make lint` does).

The lock of tools/node names packages by version and hash too, and no place that they come from.
"""

import json
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


class Fault(Exception):
    """What is wrong with a lock, in one sentence."""


def read_lock(name: str, text: str) -> dict[str, tuple[Requirement, frozenset[str]]]:
    """Return what the lock `text` names: canonical name -> (requirement, hashes).

    Raises `Fault` where a line is anything but a pinned package with hashes.
    """
    locked = {}
    for line in text.replace("\\\n", " ").splitlines():
        if "://" in line:
            raise Fault(f"{name}: an address: {line.strip()[:100]}")
        words, *hashes = re.split(r"\s+(?=--hash=)", line.strip())
        if not words:
            continue
        try:
            requirement = Requirement(words)
        except ValueError:
            raise Fault(f"{name}: neither a package nor its hash: {line.strip()[:100]}") from None
        pins = [pin for pin in requirement.specifier if pin.operator == "==" and "*" not in pin.version]
        if requirement.url or requirement.extras or len(requirement.specifier) != 1 or len(pins) != 1:
            raise Fault(f"{name}: not pinned to one version: {words}")
        hashes = [found.strip() for found in hashes]
        if not hashes or not all(HASH.fullmatch(found) for found in hashes):
            raise Fault(f"{name}: {requirement.name} is without a hash, or with one that is none")
        key = canonicalize_name(requirement.name)
        if key in locked:
            raise Fault(f"{name}: {key} stands twice")
        locked[key] = (requirement, frozenset(hashes))
    if not locked:
        raise Fault(f"{name}: empty")
    return locked


def pinned(requirement: Requirement) -> str:
    return next(iter(requirement.specifier)).version


def reach(name: str, asked: list[Requirement], locked: dict[str, tuple[Requirement, frozenset[str]]]) -> set[str]:
    """Return the names of all that `asked` leads to here, through the installed packages.

    Raises `Fault` where one of them is not locked, is locked at a version that is not accepted, or is
    installed at another version than the lock's.
    """
    reached: set[str] = set()
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(requirement, "pyproject.toml") for requirement in asked]
    while waiting:
        requirement, asker = waiting.pop()
        key = canonicalize_name(requirement.name)
        if key not in locked:
            raise Fault(f"{name}: {key}, which {asker} asks for, is not in it: run `make lock`")
        lock = locked[key][0]
        if not requirement.specifier.contains(pinned(lock), prereleases=True):
            raise Fault(f"{name}: {asker} asks for {requirement}, but {pinned(lock)} is locked: run `make lock`")
        if (key, frozenset(requirement.extras)) in seen:
            continue
        seen.add((key, frozenset(requirement.extras)))
        reached.add(key)
        try:
            if version(key) != pinned(lock):
                raise Fault(f"{name}: {key} is installed at {version(key)}, not at {pinned(lock)}")
            further = [Requirement(line) for line in requires(key) or []]
        except PackageNotFoundError:
            raise Fault(f"{name}: {key} is not installed") from None
        waiting += [
            (need, key)
            for need in further
            if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in {"", *requirement.extras})
        ]
    return reached


def check(pyproject: str, run_text: str, dev_text: str) -> None:
    """Raise `Fault` with the first thing that is wrong."""
    project = tomllib.loads(pyproject)["project"]
    run = read_lock("requirements.lock", run_text)
    dev = read_lock("requirements-dev.lock", dev_text)
    for key, (requirement, hashes) in run.items():
        # Their markers may differ: what the site needs on some machines, a tool may need on all.
        if key not in dev or (pinned(dev[key][0]), dev[key][1]) != (pinned(requirement), hashes):
            raise Fault(f"requirements-dev.lock: {key} is not there as in requirements.lock: run `make lock`")
    asked = [Requirement(line) for line in project["dependencies"]]
    asked_for_dev = [Requirement(line) for line in project["optional-dependencies"]["dev"]]
    for name, lock, wanted in (
        ("requirements.lock", run, asked),
        ("requirements-dev.lock", dev, asked + asked_for_dev),
    ):
        here = {
            key for key, (requirement, _) in lock.items() if not requirement.marker or requirement.marker.evaluate()
        }
        idle = here - reach(name, wanted, lock)
        if idle:
            raise Fault(f"{name}: nothing asks for {', '.join(sorted(idle))}: run `make lock`")


def check_node(package_text: str, lock_text: str, settings: str) -> None:
    """Raise `Fault` with the first thing that is wrong with package.json, its lock or .npmrc."""
    asked = json.loads(package_text)["devDependencies"]
    packages = json.loads(lock_text)["packages"]
    if packages.pop("")["devDependencies"] != asked:
        raise Fault("tools/node: package.json and package-lock.json ask for different things: run npm install there")
    for name, wanted in asked.items():
        if packages.get(f"node_modules/{name}", {}).get("version") != wanted:
            raise Fault(f"tools/node/package.json: {name} is not pinned to the one version that is locked")
    for path, locked in packages.items():
        if "resolved" in locked or "link" in locked:
            raise Fault(f"tools/node/package-lock.json: {path} names a place that it comes from")
        if not re.fullmatch(r"sha512-[\w+/]{86}==", locked.get("integrity", "")):
            raise Fault(f"tools/node/package-lock.json: {path} is without a hash")
    if "omit-lockfile-registry-resolved=true" not in settings.split() or "://" in settings or "registry=" in settings:
        raise Fault("tools/node/.npmrc: it keeps places out of the lock, and names none")


if __name__ == "__main__":
    try:
        check(*((ROOT / name).read_text() for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock")))
        node = ROOT / "tools" / "node"
        check_node(*((node / name).read_text() for name in ("package.json", "package-lock.json", ".npmrc")))
    except Fault as fault:
        sys.exit(str(fault))
