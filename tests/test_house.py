"""The house rules: imports go one way, start-up stays light, every word list is in order."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import foedus
from foedus.lexicon.check import problems

SOURCE = Path(foedus.__file__).parent
ROOMS = [
    "errors",
    "record",
    "lexicon",
    "sources",
    "language",
    "mentions",
    "extract",
    "book",
    "ask",
    "export",
    "web",
    "cli",
]
"""From left to right along the flow; a room imports itself and rooms before it. The faces (export, web, cli) come last."""


def _room(path: Path) -> str:
    name = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    return "cli" if name.startswith("cli") or name == "__main__" else name


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" if node.module == "foedus" else node.module for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "foedus" and len(parts) > 1 and parts[1].removeprefix("cli") != parts[1]:
                found.add("cli")
            elif parts[0] == "foedus" and len(parts) > 1:
                found.add(parts[1])
    return found & set(ROOMS)


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_go_one_way(path: Path) -> None:
    room = _room(path)
    if room == "__init__":
        return
    assert room in ROOMS, f"{room} is no room of the house"
    later = {name for name in _imports(path) if ROOMS.index(name) > ROOMS.index(room)}
    assert not later, f"{path.relative_to(SOURCE)} imports {sorted(later)} from further down the flow"


@pytest.mark.parametrize("command", [["-c", "import foedus"], ["-m", "foedus", "--help"]], ids=["import", "help"])
def test_start_up_loads_nothing_heavy(command: list[str]) -> None:
    result = subprocess.run([sys.executable, "-X", "importtime", *command], capture_output=True, text=True, check=True)
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in result.stderr.splitlines() if "|" in line}
    assert not loaded & {"spacy", "onnxruntime", "sqlalchemy", "alembic", "fastapi", "trafilatura", "numpy"}


def test_word_lists_are_in_order() -> None:
    assert problems() == []


def test_public_names_are_importable() -> None:
    assert foedus.__all__ == sorted(foedus.__all__)
    assert all(hasattr(foedus, name) for name in foedus.__all__)
