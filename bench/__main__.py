"""`./run bench [subject ...]`: every subject module's `run()`, one JSON object a line."""

import importlib
import json
import os
import pkgutil
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent


def subjects() -> list[str]:
    """The modules beside this one that can be run."""
    return sorted(
        module.name for module in pkgutil.iter_modules([str(HOME)]) if not module.name.startswith("_")
    )


def main(wanted: list[str]) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    unknown = [name for name in wanted if name not in subjects()]
    if unknown:
        print(f"No benchmark {', '.join(unknown)}; there are: {', '.join(subjects())}", file=sys.stderr)
        return 2
    for name in wanted or subjects():
        for figure in importlib.import_module(f"bench.{name}").run():
            print(json.dumps(figure, ensure_ascii=False), flush=True)
    return 0


sys.exit(main(sys.argv[1:]))
