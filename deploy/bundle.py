"""The offline bundle: the product and the wheels of all it needs, in one zip that installs without a network.

    python deploy/bundle.py make [--python 3.12 …]    writes dist/oversight.zip
    python deploy/bundle.py check                     installs and starts it in an empty environment

On Linux `make run`, on Windows start.bat then take the wheels from the folder `wheels`.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from email.parser import Parser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parents[1]
BUNDLE = ROOT / "dist" / "oversight.zip"
REQUIREMENTS = ("requirements.txt", "requirements-ocr.txt")
_OWN = f"{sys.version_info.major}.{sys.version_info.minor}"
_LINUX = tuple(f"manylinux_2_{minor}_x86_64" for minor in (17, 24, 26, 27, 28, 31, 34))
# What pip calls a system, and what the conditions in a package's requirements call it.
SYSTEMS = {
    "linux": (_LINUX, {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}),
    "windows": (("win_amd64",), {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("command", choices=["make", "check"])
    parser.add_argument("--python", nargs="+", default=[_OWN], help=f"versions to serve, {_OWN} if none")
    options = parser.parse_args()
    if options.command == "make":
        make(options.python)
    else:
        check()


def make(pythons: list[str]) -> None:
    """Download the wheels of every system and version, and pack them with the committed tree."""
    BUNDLE.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        for python in pythons:
            for system in SYSTEMS:
                _download(Path(place), system, python)
        subprocess.run(["git", "archive", "--output", str(BUNDLE), "HEAD"], cwd=ROOT, check=True)
        # Wheels are compressed already.
        with zipfile.ZipFile(BUNDLE, "a", zipfile.ZIP_STORED) as archive:
            for wheel in sorted(Path(place).glob("*.whl")):
                archive.write(wheel, f"wheels/{wheel.name}")
    print(f"{BUNDLE.relative_to(ROOT)}  {BUNDLE.stat().st_size / 1e6:.0f} MB")


def _download(place: Path, system: str, python: str) -> None:
    platforms, conditions = SYSTEMS[system]
    environment = conditions | {"python_version": python, "python_full_version": f"{python}.0"}
    own = place / f"{system}-{python}"
    # pip judges the conditions by the machine it runs on, so they are judged here, and each package is asked for by name.
    wanted = required(environment)
    while wanted:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        command += ["--only-binary", ":all:", "--python-version", python, "--dest", str(own)]
        command += [word for platform in platforms for word in ("--platform", platform)]
        subprocess.run([*command, *wanted], check=True)
        wanted = missing(own, environment)
    for wheel in own.iterdir():
        wheel.replace(place / wheel.name)
    own.rmdir()


def required(environment: dict[str, str]) -> list[str]:
    """What the product requires in an environment."""
    lines = (line for name in REQUIREMENTS for line in (ROOT / name).read_text("utf-8").splitlines())
    named = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return [
        f"{one.name}{one.specifier}" for one in named if not one.marker or one.marker.evaluate(environment)
    ]


def missing(folder: Path, environment: dict[str, str]) -> list[str]:
    """What the wheels of a folder require in an environment and is not among them."""
    wheels = list(folder.glob("*.whl"))
    present = {parse_wheel_filename(wheel.name)[0] for wheel in wheels}
    required = [requirement for wheel in wheels for requirement in _requires(wheel)]
    return sorted(
        {
            f"{requirement.name}{requirement.specifier}"
            for requirement in required
            if canonicalize_name(requirement.name) not in present
            and (requirement.marker is None or requirement.marker.evaluate(environment | {"extra": ""}))
        }
    )


def _requires(wheel: Path) -> list[Requirement]:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.count("/") == 1 and name.endswith("/METADATA")]
        metadata = Parser().parsestr(archive.read(name).decode())
    return [Requirement(text) for text in metadata.get_all("Requires-Dist") or ()]


def check() -> None:
    """Unpack the bundle, install it from its own wheels alone, build the sample county, serve and ask once."""
    with tempfile.TemporaryDirectory() as place:
        shutil.unpack_archive(BUNDLE, place)
        empty = {
            "PATH": os.environ["PATH"],
            "HOME": place,
            "PIP_NO_INDEX": "1",
            "PIP_CONFIG_FILE": os.devnull,
        }
        subprocess.run(["make", "etl", f"PYTHON={sys.executable}"], cwd=place, env=empty, check=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [".venv/bin/streamlit", "run", "app.py", "--server.address", "127.0.0.1"]
        server = subprocess.Popen([*command, "--server.port", str(port)], cwd=place, env=empty)
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
        finally:
            server.terminate()
            server.wait(timeout=20)
    print("installed, built and served without an index")


def _wait(address: str) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the bundle's dashboard did not answer within 30 s")


if __name__ == "__main__":
    main()
