"""The house stands as drawn: imports run downhill, ground <- committees <- articles <- roof."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The roof: the only modules of the project package that may know every app.
ROOF = {"urls", "views", "sitemaps", "dashboard", "search", "feeds", "templatetags", "management"}


def floor(module: str) -> int | None:
    """How high a module stands: 0 ground, 1 committees, 2 articles, 3 roof; None outside of the house."""
    parts = module.split(".")
    if parts[0] == "newsroom":
        return 3 if len(parts) > 1 and parts[1] in ROOF else 0
    return {"committees": 1, "articles": 2}.get(parts[0])


def imports(path: Path) -> set[str]:
    """The modules that a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
            found |= {f"{node.module}.{name.name}" for name in node.names if node.module == "newsroom"}
    return found


def uphill(path: Path, module: str) -> list[str]:
    """The imports of a module that climb."""
    here = floor(module)
    assert here is not None
    return sorted(name for name in imports(path) if (there := floor(name)) is not None and there > here)


def test_imports_run_downhill():
    climbing = {}
    for app in ("newsroom", "committees", "articles"):
        for path in (ROOT / app).rglob("*.py"):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            if "migrations" not in module and (names := uphill(path, module)):
                climbing[module] = names
    assert climbing == {}


def test_a_climbing_import_would_be_seen(tmp_path):
    """A check that cannot fail is worse than none."""
    module = tmp_path / "wrong.py"
    module.write_text("def f():\n    from articles.models import Article\n    from newsroom import views\n")
    assert uphill(module, "committees.wrong") == ["articles.models", "newsroom.views"]


def test_no_module_is_a_drawer_for_everything():
    names = {path.stem for app in ("newsroom", "committees", "articles") for path in (ROOT / app).rglob("*.py")}
    assert not names & {"utils", "common", "core", "services", "helpers"}
