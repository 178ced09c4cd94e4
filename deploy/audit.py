"""What the product stands on: the licence of every package it installs, and the advisories known against them.

    python deploy/audit.py [--osv-url URL]

Writes docs/licences.md. The exit code is 1 for a package with an advisory, and where no source of advisories answers.
The URL is that of a source which speaks OSV's protocol, such as a copy within an organisation.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LICENCES = ROOT / "docs" / "licences.md"
REQUIREMENTS = ("requirements.txt", "requirements-ocr.txt")
# In an environment of its own: what it needs is no part of the product.
_TOOL = ROOT / ".venv" / "tools" / "bin" / "pip-audit"
_HEAD = """# Licences of the packages that are installed

Written by `make audit` from the packages' own metadata: all that `requirements.txt` and `requirements-ocr.txt` bring.

| package | version | licence |
|---|---|---|
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--osv-url", help="where to ask instead of the package index")
    source = parser.parse_args().osv_url
    packages = sorted(installed(), key=lambda found: canonicalize_name(found.name))
    rows = (f"| {found.name} | {found.version} | {licence(found)} |\n" for found in packages)
    LICENCES.write_text(_HEAD + "".join(rows), encoding="utf-8")
    print(f"{LICENCES.relative_to(ROOT)}: {len(packages)} packages")
    sys.exit(advisories(packages, source))


def installed() -> list[metadata.Distribution]:
    """Every package that the requirements bring, directly or not."""
    waiting = [Requirement(line) for name in REQUIREMENTS for line in _lines(ROOT / name)]
    found: dict[str, metadata.Distribution] = {}
    while waiting:
        name = canonicalize_name(waiting.pop().name)
        if name not in found:
            found[name] = metadata.distribution(name)
            needed = map(Requirement, found[name].requires or ())
            waiting += [one for one in needed if one.marker is None or one.marker.evaluate({"extra": ""})]
    return list(found.values())


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def licence(package: metadata.Distribution) -> str:
    """The licence a package names: its expression, else its classifiers, else the first line of what it says."""
    said = package.metadata.json
    classes = [text.split(" :: ")[-1] for text in said.get("classifier", ()) if text.startswith("License")]
    lines = str(said.get("license", "")).strip().splitlines()
    return str(said.get("license_expression") or ", ".join(classes) or (lines[0] if lines else "not named"))


def advisories(packages: Sequence[metadata.Distribution], source: str | None) -> int:
    """Print the advisories known against packages; 0 when each was looked up and has none, otherwise 1."""
    pinned = "".join(f"{found.name}=={found.version}\n" for found in packages)
    command = [str(_TOOL), "--disable-pip", "--no-deps", "--progress-spinner", "off", "--format", "json"]
    command += ["--vulnerability-service", "osv", "--osv-url", source] if source else []
    done = subprocess.run([*command, "-r", "/dev/stdin"], input=pinned, capture_output=True, text=True)
    if not done.stdout.strip():
        said = done.stderr.strip().splitlines() or ["no answer"]
        print(f"advisories were not looked up: {said[-1]}", file=sys.stderr)
        return 1
    answered = json.loads(done.stdout)["dependencies"]
    known = [(one["name"], one["version"], flaw["id"]) for one in answered for flaw in one.get("vulns", ())]
    unknown = [one["name"] for one in answered if "skip_reason" in one]
    for name, version, flaw in known:
        print(f"{name} {version}: {flaw}")
    print(
        f"{len(answered) - len(unknown)} packages looked up, {len(known)} advisories, {len(unknown)} without an answer"
    )
    return int(bool(known or unknown))


if __name__ == "__main__":
    main()
