"""Rebuild every sample Word file: `python samples/build.py [FOLDER]`."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from samples.builder.documents import BUILDERS  # noqa: E402  the repository root has to be on the path first


def main(folder: Path = HERE) -> list[Path]:
    """Write all samples into the folder and return their paths."""
    written = []
    for build in BUILDERS:
        document = build()
        path = folder / document.name
        path.write_bytes(document.write())
        written.append(path)
    return written


if __name__ == "__main__":
    for path in main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE):
        print(path.name)
