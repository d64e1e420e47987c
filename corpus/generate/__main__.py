"""`python corpus/generate`: see `write.main`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from generate.write import main

sys.exit(main())
