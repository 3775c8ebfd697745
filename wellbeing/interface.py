"""The only module of wellbeing that others import: what may be shown to whom, and what it costs.

A caller claims for a person with `clear` and `claimed`, and shows something with `reveal`, `step`, `more`, `conceal` and
`settle`, each inside its own transaction; the first of them locks the person until that ends. Take this lock before
any other, never two people's in one transaction, and render nothing before the transaction is committed. A Refusal
or a Clearance is a value, not an exception. `person_id` is the id of a people.User, `occasion` the caller's own name
for what a view belongs to; wellbeing never asks what was shown. Points are milli-EP (thousandths of an exposure
point), times are aware datetimes of `now()`, the only clock.
"""

from wellbeing.domain.breaks import BreakClock, BreakKind, DueBreak, NextBreak
from wellbeing.domain.budget import Budget
from wellbeing.domain.calendar import Leave, Shift
from wellbeing.domain.choices import Choices
from wellbeing.domain.clearance import COOL_DOWN_SECONDS, Clearance, Refusal, RefusalCode
from wellbeing.domain.consent import CONSENT_VERSION, Consent, Kind
from wellbeing.domain.display import Display, FirstPicture, FirstText, OwnDisplay
from wellbeing.domain.exposure import (
    Amount,
    BreakRow,
    DayDose,
    Exposure,
    Gauge,
    LedgerRow,
    Look,
    TeamExposure,
)
from wellbeing.domain.points import SEVERITY_WEIGHTS, cost
from wellbeing.domain.policy import CEILING, DEFAULTS, PLANNED_DAY_POINTS, Policy, PolicyError
from wellbeing.domain.ramp import Ramp
from wellbeing.domain.risk import FindItem, RiskItem
from wellbeing.domain.stimulus import Disclosure, Modality, Purpose, Stimulus
from wellbeing.domain.view import View, ViewState
from wellbeing.domain.window import DECIDE_MS, PART_WORDS
from wellbeing.operations.breaks import BreakStarted, end_break, move_break, start_break, stop
from wellbeing.operations.calendar import CalendarNotYours, add_leave, remove_leave, set_shifts
from wellbeing.operations.chain_heads import BrokenHeads, last_signed_at
from wellbeing.operations.choices import (
    NoSuchCategory,
    choose_categories,
    choose_category,
    define_categories,
    name_categories,
    set_own_limits,
    translate_categories,
)
from wellbeing.operations.claims import claimed, clear
from wellbeing.operations.consent import ConsentOutdated, give_consent, withdraw_consent
from wellbeing.operations.corrections import CorrectionNotAllowed, NoSuchEntry, correct_entry
from wellbeing.operations.display import FloorNotAllowed, choose_display, set_display_floor
from wellbeing.operations.erasure import erase_also_with
from wellbeing.operations.experience import ExperienceNotYours, recognise_experience
from wellbeing.operations.extreme import opt_in_to_extreme, opt_out_of_extreme
from wellbeing.operations.lock import NoTransaction, lock_person
from wellbeing.operations.looks import exposure_of, ledger_of, ramps_of, team_exposure
from wellbeing.operations.policies import LooserPolicy, PolicyNotAllowed, policy_for, set_policy
from wellbeing.operations.private_texts import seal_text, text_opener
from wellbeing.operations.proposals import (
    NotTheSecondPerson,
    ProposalClosed,
    ProposalOpen,
    cosign_policy,
    propose_policy,
    withdraw_proposal,
)
from wellbeing.operations.risk import report_risk
from wellbeing.operations.top_ups import owe_top_up
from wellbeing.operations.views import conceal, more, reveal, settle, step
from wellbeing.queries.announcements import announcements_for
from wellbeing.queries.consent import ConsentAsked, consent_asked, consent_of, kinds_for
from wellbeing.queries.display import own_display_from, own_look
from wellbeing.queries.exposure import breaks_taken, looks_at, past_days
from wellbeing.queries.exposure import own_clearance as read_own_clearance
from wellbeing.queries.exposure import own_gauge as read_own_gauge
from wellbeing.queries.lifetime import SeverityTotal, lifetime_totals
from wellbeing.queries.own_view import read_refusal, read_view
from wellbeing.queries.policies import may_cosign
from wellbeing.queries.reconciling import last_reconciling
from wellbeing.queries.risk import find_risk_items_with
from wellbeing.queries.situation import NoSuchPerson
from wellbeing.queries.time import now

__all__ = [
    "CEILING",
    "CONSENT_VERSION",
    "COOL_DOWN_SECONDS",
    "DECIDE_MS",
    "DEFAULTS",
    "PART_WORDS",
    "PLANNED_DAY_POINTS",
    "SEVERITY_WEIGHTS",
    "Amount",
    "BreakClock",
    "BreakKind",
    "BreakRow",
    "BreakStarted",
    "BrokenHeads",
    "Budget",
    "CalendarNotYours",
    "Choices",
    "Clearance",
    "Consent",
    "ConsentAsked",
    "ConsentOutdated",
    "CorrectionNotAllowed",
    "DayDose",
    "Disclosure",
    "Display",
    "DueBreak",
    "ExperienceNotYours",
    "Exposure",
    "FindItem",
    "FirstPicture",
    "FirstText",
    "FloorNotAllowed",
    "Gauge",
    "Kind",
    "Leave",
    "LedgerRow",
    "Look",
    "LooserPolicy",
    "Modality",
    "NextBreak",
    "NoSuchCategory",
    "NoSuchEntry",
    "NoSuchPerson",
    "NoTransaction",
    "NotTheSecondPerson",
    "OwnDisplay",
    "Policy",
    "PolicyError",
    "PolicyNotAllowed",
    "ProposalClosed",
    "ProposalOpen",
    "Purpose",
    "Ramp",
    "Refusal",
    "RefusalCode",
    "RiskItem",
    "SeverityTotal",
    "Shift",
    "Stimulus",
    "TeamExposure",
    "View",
    "ViewState",
    "add_leave",
    "announcements_for",
    "breaks_taken",
    "choose_categories",
    "choose_category",
    "choose_display",
    "claimed",
    "clear",
    "conceal",
    "consent_asked",
    "consent_of",
    "correct_entry",
    "cosign_policy",
    "cost",
    "define_categories",
    "end_break",
    "erase_also_with",
    "exposure_of",
    "find_risk_items_with",
    "give_consent",
    "kinds_for",
    "last_reconciling",
    "last_signed_at",
    "ledger_of",
    "lifetime_totals",
    "lock_person",
    "looks_at",
    "may_cosign",
    "more",
    "move_break",
    "name_categories",
    "now",
    "opt_in_to_extreme",
    "opt_out_of_extreme",
    "owe_top_up",
    "own_display_from",
    "own_look",
    "past_days",
    "policy_for",
    "propose_policy",
    "ramps_of",
    "read_own_clearance",
    "read_own_gauge",
    "read_refusal",
    "read_view",
    "recognise_experience",
    "remove_leave",
    "report_risk",
    "reveal",
    "seal_text",
    "set_display_floor",
    "set_own_limits",
    "set_policy",
    "set_shifts",
    "settle",
    "start_break",
    "step",
    "stop",
    "team_exposure",
    "text_opener",
    "translate_categories",
    "withdraw_consent",
    "withdraw_proposal",
]
