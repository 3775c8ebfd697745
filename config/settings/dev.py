"""`make run`: the whole product on one machine, with demo accounts and a movable clock."""

import os
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only-for-development-" + "x" * 40)
os.environ.setdefault("LEDGER_KEY", "only-for-development-" + "y" * 40)
os.environ.setdefault("STATEMENT_KEY", "only-for-development-" + "z" * 40)
os.environ.setdefault("PRIVATE_KEYS", "development:" + "A" * 43)
os.environ.setdefault("SUPPORT_NAME", "Amara Lind, counsellor (invented, for the demo)")
os.environ.setdefault("SUPPORT_REACH", "Phone 555 0142, Monday to Friday, 9:00 to 17:00")
os.environ.setdefault("SUPPORT_REPLY", "within one working day")
os.environ.setdefault(
    "SUPPORT_OUT_OF_HOURS", "At any hour: 555 0199 (invented); In danger: your emergency number"
)

from config import env
from config.settings.base import *  # noqa: F403 - settings modules extend each other by name

DEBUG = env.boolean("DEBUG", False)
DEMO = env.boolean("RESPITE_DEMO", True)

# The launcher lays static/ out packed at each start and says where; otherwise, and with DEBUG, files are served as they
# lie there. Production collects them (docs/deployment.md).
if packed := env.text("STATIC_PACKED", ""):
    STATIC_ROOT = Path(packed)
WHITENOISE_USE_FINDERS = DEBUG or not packed
WHITENOISE_AUTOREFRESH = DEBUG
