from wellbeing.models.break_taken import BreakTaken
from wellbeing.models.clock_offset import ClockOffset
from wellbeing.models.dose_day import DoseDay
from wellbeing.models.dosimeter import Dosimeter
from wellbeing.models.exposure_look import ExposureLook
from wellbeing.models.exposure_view import ExposureView
from wellbeing.models.ledger_entry import LedgerEntry
from wellbeing.models.policy_version import PolicyVersion
from wellbeing.models.respite_now import RespiteNow
from wellbeing.models.top_up_due import TopUpDue

__all__ = [
    "BreakTaken",
    "ClockOffset",
    "DoseDay",
    "Dosimeter",
    "ExposureLook",
    "ExposureView",
    "LedgerEntry",
    "PolicyVersion",
    "RespiteNow",
    "TopUpDue",
]
