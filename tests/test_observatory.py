"""What Mozilla's HTTP Observatory thinks of a running newsroom, by its own scanner (tools/node/observatory.mjs)."""

import json
import os
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from tools.cluster import ROOT, Cluster, until

pytestmark = [pytest.mark.long, pytest.mark.alike]

NODE = ROOT / "tools" / "node"


@pytest.fixture(scope="module")
def site() -> Iterator[Cluster]:
    with Cluster(webs=1, workers=1) as cluster:
        yield cluster


def scanned(site: Cluster) -> dict[str, Any]:
    """Return what the scanner says of the site. Raises `LookupError` where it is missing."""
    if not (NODE / "node_modules" / "@mdn").is_dir():
        raise LookupError("Mozilla's HTTP Observatory is missing: run tools/node/install.")
    ports = str(site.nginx.plain_port), str(site.nginx.port)
    certificate = {"NODE_EXTRA_CA_CERTS": str(site.nginx.folder / "certificate.pem")}
    command = ["node", NODE / "observatory.mjs", "localhost", *ports]
    said = subprocess.run(command, env=os.environ | certificate, stdout=subprocess.PIPE, text=True, check=True).stdout
    result: dict[str, Any] = json.loads(said)
    return result


def failed(result: dict[str, Any]) -> set[str]:
    return {name for name, test in result["tests"].items() if not test["pass"]}


def test_it_gives_the_best_grade(site):
    result = scanned(site)
    assert failed(result) == set()
    assert result["scan"]["grade"] == "A+", result["scan"]


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("proxy_hide_header Strict-Transport-Security;", {"strict-transport-security"}),
        ("proxy_hide_header Content-Security-Policy;", {"content-security-policy"}),
    ],
)
def test_it_sees_a_header_that_is_not_there(site, planted, found):
    """A scanner that passed this too would have looked at nothing."""
    extra = site.nginx.folder / "extra" / "planted.conf"
    extra.write_text(planted)
    try:
        site.nginx.reload()
        assert until(lambda: failed(scanned(site)) == found, 20)
        assert scanned(site)["scan"]["grade"] != "A+"
    finally:
        extra.unlink()
        site.nginx.reload()
