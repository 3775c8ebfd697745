"""The one route table: every named route, its methods, and what each method needs.

`people.middleware.RoutePermissionMiddleware` enforces it before a view runs; a route that is missing here cannot
be reached, and `tests/repository/test_routes.py` fails. Whether this person may touch *this* project, lease or
release is the next question, and `labeling.access` answers it.
"""

from people.permissions import Permission as May
from people.routes import PUBLIC, SIGNED_IN, Own, Route, route

# What was begun can be put away, answered or left, also by somebody whose role was taken meanwhile.
OWN_TASK = Own(May.LABEL)

ROUTES: dict[str, Route] = {
    # Operations of the machine
    "healthz": route(get=PUBLIC),
    "readyz": route(get=PUBLIC),
    "favicon": route(get=PUBLIC),
    # Sign-on
    "account_login": route(get=PUBLIC, post=PUBLIC),
    "account_logout": route(get=SIGNED_IN, post=SIGNED_IN),
    "account_signup": route(get=PUBLIC, post=PUBLIC),
    "people:invitation": route(get=PUBLIC, post=PUBLIC),
    # People
    "people:theme": route(post=SIGNED_IN),
    "people:tokens": route(get=May.ISSUE_TOKENS, post=May.ISSUE_TOKENS),
    "people:token_revoke": route(post=May.ISSUE_TOKENS),
    "people:people": route(get=May.MANAGE_PEOPLE),
    "people:invite": route(get=May.MANAGE_PEOPLE, post=May.MANAGE_PEOPLE),
    # One's own day
    "wellbeing:my_exposure": route(get=SIGNED_IN),
    "wellbeing:my_days": route(get=SIGNED_IN),
    "wellbeing:dispute": route(get=SIGNED_IN, post=SIGNED_IN),
    "wellbeing:disputes": route(get=May.OWN_POLICY),
    "wellbeing:dispute_decide": route(get=May.OWN_POLICY, post=May.OWN_POLICY),
    "wellbeing:seen_by_lead": route(get=SIGNED_IN),
    "wellbeing:my_looks": route(get=SIGNED_IN),
    "wellbeing:break_": route(get=SIGNED_IN),
    "wellbeing:start_break": route(post=SIGNED_IN),
    "wellbeing:move_break": route(post=SIGNED_IN),
    "wellbeing:end_break": route(post=SIGNED_IN),
    "wellbeing:stop": route(post=SIGNED_IN),
    "wellbeing:limit": route(get=SIGNED_IN),
    "wellbeing:extreme": route(post=SIGNED_IN),
    "wellbeing:statements": route(get=SIGNED_IN),
    "wellbeing:statement_json": route(get=SIGNED_IN),
    "wellbeing:statement_pdf": route(get=SIGNED_IN),
    "wellbeing:leaving": route(get=SIGNED_IN),
    "wellbeing:lifetime_json": route(get=SIGNED_IN),
    "wellbeing:lifetime_pdf": route(get=SIGNED_IN),
    "wellbeing:statement_key": route(get=PUBLIC),
    "wellbeing:verifier": route(get=PUBLIC),
    "wellbeing:day_note": route(get=SIGNED_IN, post=SIGNED_IN),
    "wellbeing:day_note_delete": route(post=SIGNED_IN),
    # Someone to talk to
    "wellbeing:support": route(get=SIGNED_IN, post=SIGNED_IN),
    "wellbeing:support_close": route(post=SIGNED_IN),
    "wellbeing:support_delete": route(post=SIGNED_IN),
    "wellbeing:support_requests": route(get=May.ANSWER_SUPPORT),
    "wellbeing:support_request": route(get=May.ANSWER_SUPPORT, post=May.ANSWER_SUPPORT),
    "wellbeing:support_request_close": route(post=May.ANSWER_SUPPORT),
    # Keeping and erasing
    "wellbeing:my_data": route(get=SIGNED_IN),
    "wellbeing:my_erasure": route(post=SIGNED_IN),
    "wellbeing:erasures": route(get=May.MANAGE_PEOPLE, post=May.MANAGE_PEOPLE),
    "wellbeing:records": route(get=May.OWN_POLICY),
    "wellbeing:erasure_approve": route(post=May.OWN_POLICY),
    # Somebody may be in danger
    "wellbeing:risk_reports": route(get=May.ANSWER_RISK),
    "wellbeing:risk_close": route(post=May.ANSWER_RISK),
    "wellbeing:my_risk_reports": route(get=SIGNED_IN),
    # What others look after
    "wellbeing:team": route(get=May.SEE_TEAM_EXPOSURE),
    # One's own choices and calendar; the limits, for all to read
    "wellbeing:my_choices": route(get=SIGNED_IN, post=SIGNED_IN),
    "wellbeing:my_calendar": route(get=SIGNED_IN, post=SIGNED_IN),
    "wellbeing:policy": route(get=SIGNED_IN),
    "wellbeing:policy_change": route(get=May.TIGHTEN_LIMITS, post=May.TIGHTEN_LIMITS),
    # Who is the second person depends on who else there is: the operation says.
    "wellbeing:proposal_sign": route(post=SIGNED_IN),
    "wellbeing:proposal_withdraw": route(post=SIGNED_IN),
    # Looked after by others
    "wellbeing:calendar": route(get=SIGNED_IN, post=May.SEE_TEAM_EXPOSURE),
    "wellbeing:experience": route(get=May.OWN_POLICY),
    "wellbeing:experience_of": route(post=May.OWN_POLICY),
    "wellbeing:team_weeks": route(get=May.SEE_GROUP_FIGURES),
    "wellbeing:council": route(get=May.READ_COUNCIL_REPORT),
    "wellbeing:council_html": route(get=May.READ_COUNCIL_REPORT),
    "wellbeing:council_csv": route(get=May.READ_COUNCIL_REPORT),
    # Labeling
    "labeling:home": route(get=SIGNED_IN),
    "labeling:at_most": route(post=SIGNED_IN),
    "labeling:my_releases": route(get=SIGNED_IN),
    "labeling:my_releases_seen": route(post=SIGNED_IN),
    "labeling:components": route(get=SIGNED_IN),
    "labeling:workbench": route(get=May.LABEL),
    "labeling:guideline": route(get=SIGNED_IN),
    "labeling:claim": route(post=May.LABEL),
    "labeling:reveal": route(post=May.LABEL),
    "labeling:step": route(post=May.LABEL),
    "labeling:more": route(post=May.LABEL),
    "labeling:conceal": route(post=OWN_TASK),
    "labeling:submit": route(post=OWN_TASK),
    "labeling:skip": route(post=OWN_TASK),
    "labeling:problem": route(post=OWN_TASK),
    "labeling:draft": route(post=OWN_TASK),
    "labeling:risk": route(post=OWN_TASK),
    "labeling:undo": route(get=May.LABEL),
    "labeling:revise": route(get=May.LABEL, post=May.LABEL),
    # Projects, imports, releases
    "labeling:projects": route(get=May.SEE_PROJECTS),
    "labeling:project_new": route(get=May.MANAGE_PROJECTS, post=May.MANAGE_PROJECTS),
    "labeling:project": route(get=May.SEE_PROJECTS),
    "labeling:purpose": route(get=May.MANAGE_PROJECTS, post=May.MANAGE_PROJECTS),
    "labeling:project_state": route(post=May.MANAGE_PROJECTS),
    "labeling:schema": route(get=May.SEE_PROJECTS, post=May.MANAGE_PROJECTS),
    "labeling:guideline_edit": route(get=May.MANAGE_PROJECTS, post=May.MANAGE_PROJECTS),
    "labeling:import_new": route(get=May.IMPORT_ITEMS, post=May.IMPORT_ITEMS),
    "labeling:import": route(get=May.IMPORT_ITEMS),
    "labeling:import_errors": route(get=May.IMPORT_ITEMS),
    "labeling:release_new": route(post=May.PUBLISH_RELEASES),
    "labeling:release": route(get=May.READ_RELEASES),
    "labeling:release_file": route(get=May.READ_RELEASES),
    # The gate for another review tool
    "gate:clear": route(post=May.METER),
    "gate:reveal": route(post=May.METER),
    "gate:step": route(post=May.METER),
    "gate:more": route(post=May.METER),
    "gate:conceal": route(post=May.METER),
    "gate:settle": route(post=May.METER),
    "gate:stop": route(post=May.METER),
    "gate:exposure": route(get=May.METER),
    # The HTTP API
    "api:schema": route(get=SIGNED_IN),
    "api:claim": route(post=May.LABEL),
    "api:reveal": route(post=May.LABEL),
    "api:step": route(post=May.LABEL),
    "api:more": route(post=May.LABEL),
    "api:conceal": route(post=OWN_TASK),
    "api:annotation": route(post=OWN_TASK),
    "api:skip": route(post=OWN_TASK),
    "api:projects": route(get=SIGNED_IN),
    "api:project": route(get=SIGNED_IN),
    "api:imports": route(post=May.IMPORT_ITEMS),
    "api:import": route(get=May.IMPORT_ITEMS),
    "api:releases": route(get=May.READ_RELEASES, post=May.PUBLISH_RELEASES),
    "api:release": route(get=May.READ_RELEASES),
    "api:release_file": route(get=May.READ_RELEASES),
    "api:my_exposure": route(get=SIGNED_IN),
    "api:my_break": route(post=SIGNED_IN),
    "api:my_stop": route(post=SIGNED_IN),
}
