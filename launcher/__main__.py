"""`python3 -m launcher COMMAND`: what the Makefile calls. Any Python can read this file far enough to be told off."""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Respite needs Python 3.11 or later; this one is %d.%d.\n"
        "Install a newer one, then name it: make run PYTHON=/path/to/python3.12" % sys.version_info[:2]
    )

from launcher.commands import main

sys.exit(main(sys.argv[1:]))
