"""Addresses of wellbeing's pages, one list per noun. What each needs is config.routes."""

from django.urls import path

from wellbeing.views import (
    breaks,
    calendar,
    choices,
    council,
    day_note,
    display,
    disputes,
    erasure,
    experience,
    first_days,
    leaving,
    limit,
    my_days,
    my_exposure,
    my_looks,
    policy,
    policy_change,
    risk,
    statements,
    support,
    team,
    team_weeks,
)

app_name = "wellbeing"

own = [
    path("me/exposure/", my_exposure.my_exposure, name="my_exposure"),
    path("me/exposure/days/", my_days.my_days, name="my_days"),
    path("me/exposure/entries/<int:row>/", disputes.dispute, name="dispute"),
    path("me/seen/", team.seen_by_lead, name="seen_by_lead"),
    path("me/looks/", my_looks.my_looks, name="my_looks"),
    path("me/extreme/", my_exposure.extreme, name="extreme"),
    path("limit/", limit.limit, name="limit"),
]

to_take_along = [
    path("me/statements/", statements.statements, name="statements"),
    path("me/statements/<slug:month>.json", statements.statement_json, name="statement_json"),
    path("me/statements/<slug:month>.pdf", statements.statement_pdf_, name="statement_pdf"),
    path("me/leaving/", leaving.leaving, name="leaving"),
    path("me/leaving/exposure.json", statements.lifetime_json, name="lifetime_json"),
    path("me/leaving/exposure.pdf", statements.lifetime_pdf, name="lifetime_pdf"),
]

councils = [
    path("council/", council.council, name="council"),
    path("council/<slug:month>.html", council.council_html, name="council_html"),
    path("council/<slug:month>.csv", council.council_csv, name="council_csv"),
]

officers = [
    path("disputes/", disputes.disputes, name="disputes"),
    path("disputes/<int:dispute_id>/", disputes.dispute_decide, name="dispute_decide"),
]

for_everybody = [
    path("statement-key/", statements.statement_key, name="statement_key"),
    path("statement-key/verify_statement.py", statements.verifier, name="verifier"),
]

rest = [
    path("break/", breaks.break_, name="break_"),
    path("me/break/", breaks.start_break, name="start_break"),
    path("me/break/move/", breaks.move_break, name="move_break"),
    path("me/break/end/", breaks.end_break, name="end_break"),
    path("me/stop/", breaks.stop, name="stop"),
]

private = [
    path("me/day-note/", day_note.day_note, name="day_note"),
    path("me/day-note/delete/", day_note.day_note_delete, name="day_note_delete"),
    path("support/", support.support, name="support"),
    path("support/close/", support.support_close, name="support_close"),
    path("support/<uuid:request_id>/delete/", support.support_delete, name="support_delete"),
]

counsellors = [
    path("requests/", support.support_requests, name="support_requests"),
    path("requests/<uuid:request_id>/", support.support_request, name="support_request"),
    path(
        "requests/<uuid:request_id>/close/",
        support.support_request_close,
        name="support_request_close",
    ),
]

data = [
    path("me/data/", erasure.my_data, name="my_data"),
    path("me/data/erasure/", erasure.my_erasure, name="my_erasure"),
    path("erasures/", erasure.erasures, name="erasures"),
    path("records/", erasure.records, name="records"),
    path("records/erasures/<int:erasure_id>/approve/", erasure.erasure_approve, name="erasure_approve"),
]

risks = [
    path("risks/", risk.risk_reports, name="risk_reports"),
    path("risks/<uuid:report_id>/close/", risk.risk_close, name="risk_close"),
    path("me/risks/", risk.my_risk_reports, name="my_risk_reports"),
]

chosen = [
    path("first-days/", first_days.first_days, name="first_days"),
    path("first-days/keys/", first_days.practice, name="practice"),
    path("me/choices/", choices.my_choices, name="my_choices"),
    path("me/display/", display.display, name="display"),
    path("me/calendar/", calendar.my_calendar, name="my_calendar"),
]

limits = [
    path("policy/", policy.policy, name="policy"),
    path("display-floor/", display.display_floor, name="display_floor"),
    path("policy/change/", policy_change.policy_change, name="policy_change"),
    path("policy/proposals/<int:proposal_id>/sign/", policy_change.proposal_sign, name="proposal_sign"),
    path(
        "policy/proposals/<int:proposal_id>/withdraw/",
        policy_change.proposal_withdraw,
        name="proposal_withdraw",
    ),
    path("experience/", experience.experience, name="experience"),
    path("experience/<int:person_id>/", experience.experience_of, name="experience_of"),
]

leads = [
    path("team/", team.team, name="team"),
    path("team/<int:person_id>/calendar/", calendar.calendar, name="calendar"),
    path("team/weeks/", team_weeks.team_weeks, name="team_weeks"),
]

urlpatterns = [
    *own,
    *to_take_along,
    *chosen,
    *limits,
    *rest,
    *private,
    *counsellors,
    *data,
    *risks,
    *leads,
    *officers,
    *councils,
    *for_everybody,
]
