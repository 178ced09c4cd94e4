"""One Markdown table of measurements: python -m bench [reading | checking | building | browser …]."""

import sys
from importlib import import_module

PARTS = ("reading", "checking", "building", "browser")


def main() -> None:
    """Run the named parts, or all of them, and print a table of each."""
    for part in sys.argv[1:] or PARTS:
        print(f"\n## {part}\n\n| what | measured | reference | ratio | budget |\n|---|---|---|---|---|")
        for row in import_module(f"bench.{part}").rows():
            print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
