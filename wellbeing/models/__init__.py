from wellbeing.models.break_taken import BreakTaken
from wellbeing.models.category_choice import CategoryChoice
from wellbeing.models.category_day import CategoryDay
from wellbeing.models.clock_offset import ClockOffset
from wellbeing.models.consent import Consent
from wellbeing.models.day_note import DayNote
from wellbeing.models.display_choice import DisplayChoice
from wellbeing.models.display_floor import DisplayFloor
from wellbeing.models.dispute import Dispute
from wellbeing.models.dose_day import DoseDay
from wellbeing.models.dosimeter import Dosimeter
from wellbeing.models.erasure_request import ErasureRequest
from wellbeing.models.exposure_look import ExposureLook
from wellbeing.models.exposure_view import ExposureView
from wellbeing.models.first_days import FirstDays
from wellbeing.models.group_week import GroupWeek, GroupWeekPeople
from wellbeing.models.harm_category import HarmCategory
from wellbeing.models.ledger_entry import LedgerEntry
from wellbeing.models.ledger_marker import LedgerMarker
from wellbeing.models.lifetime_total import LifetimeTotal
from wellbeing.models.person_key import PersonKey
from wellbeing.models.policy_proposal import PolicyProposal
from wellbeing.models.policy_version import PolicyVersion
from wellbeing.models.ramp_step import RampStep
from wellbeing.models.reconcile_run import ReconcileRun
from wellbeing.models.respite_now import RespiteNow
from wellbeing.models.risk_report import RiskReport
from wellbeing.models.shift import LeavePeriod, WeeklyShift
from wellbeing.models.support_request import SupportMessage, SupportRead, SupportRequest
from wellbeing.models.team_category import TeamCategory
from wellbeing.models.top_up_due import TopUpDue

__all__ = [
    "BreakTaken",
    "CategoryChoice",
    "CategoryDay",
    "ClockOffset",
    "Consent",
    "DayNote",
    "DisplayChoice",
    "DisplayFloor",
    "Dispute",
    "DoseDay",
    "Dosimeter",
    "ErasureRequest",
    "ExposureLook",
    "ExposureView",
    "FirstDays",
    "GroupWeek",
    "GroupWeekPeople",
    "HarmCategory",
    "LeavePeriod",
    "LedgerEntry",
    "LedgerMarker",
    "LifetimeTotal",
    "PersonKey",
    "PolicyProposal",
    "PolicyVersion",
    "RampStep",
    "ReconcileRun",
    "RespiteNow",
    "RiskReport",
    "SupportMessage",
    "SupportRead",
    "SupportRequest",
    "TeamCategory",
    "TopUpDue",
    "WeeklyShift",
]
