#!/usr/bin/env python3
"""Prints the table of Python packages for THIRD_PARTY_NOTICES.md, from the lock and the installed metadata.

.venv/bin/python .ci/third_party.py
"""

import re
import sys
from importlib.metadata import metadata
from pathlib import Path

PIN = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==([^\s;\\]+)", re.MULTILINE)
LOCK = Path(__file__).resolve().parent.parent / "requirements" / "runtime.txt"


def licence(name: str) -> str:
    facts = metadata(name)
    if facts.get("License-Expression"):
        return facts["License-Expression"]
    classifiers = facts.get_all("Classifier") or []
    named = [c.split(" :: ")[-1] for c in classifiers if c.startswith("License ::")]
    short = (facts.get("License") or "").strip().partition("\n")[0]
    return ", ".join(named) or short or "not named in its metadata"


def main() -> None:
    rows = ["| package | version | licence as its metadata says |", "|---|---|---|"]
    for name, version in PIN.findall(LOCK.read_text()):
        rows.append(f"| {name} | {version} | {licence(name)} |")
    sys.stdout.write("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
