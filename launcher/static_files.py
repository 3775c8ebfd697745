"""static/ as `make run` serves it: a copy in the state folder, with each text file packed beside it."""

import gzip
import shutil
from pathlib import Path

from launcher.environment import Home
from launcher.setup import CHECKOUT

TEXT = frozenset({".css", ".js", ".svg"})  # fonts and pictures are packed by their own formats


def lay_out(home: Home) -> Path:
    """The folder, made anew at each start: that takes less time than a reader needs to see that it is old."""
    source, folder = CHECKOUT / "static", home.path / "static-packed"
    if folder.exists():
        shutil.rmtree(folder)
    for path in source.rglob("*"):
        if path.is_dir():
            continue
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        if path.suffix in TEXT:
            packed = gzip.compress(path.read_bytes(), mtime=0)
            target.with_name(f"{target.name}.gz").write_bytes(packed)
    return folder
