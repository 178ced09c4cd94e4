"""`python -m data.sample [FOLDER]`: write the invented county's filings, register, manifest, faults and truth anew."""

import sys
from pathlib import Path

from data.sample.write import write

if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
