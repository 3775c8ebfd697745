"""From an invitation to the first task: nothing before a yes, nothing new once it is taken back."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from labeling.models import Lease, Project
from people.models import User
from people.operations.invitations import invite
from people.permissions import Role
from tests.browser.conftest import axe_findings
from tests.factories.people import PASSWORD, person
from wellbeing.models import FirstDays

pytestmark = pytest.mark.slow


@pytest.mark.browser_context_args(timezone_id="Africa/Nairobi")
def test_somebody_comes_in_agrees_works_takes_it_back_and_agrees_again(
    page: Page, live_server: LiveServer, project: Project
) -> None:
    admin = person("ada", Role.ADMIN)
    _, secret = invite(email="nils@example.org", role=Role.LABELER, team=project.team, by=admin)
    page.emulate_media(reduced_motion="reduce")

    page.goto(f"{live_server.url}/invitations/{secret}/")
    expect(page.get_by_text("They are described here. None is shown.")).to_be_visible()
    assert "Match reports" not in page.content()
    assert axe_findings(page) == []
    page.get_by_role("button", name="Go on").press("Enter")
    page.wait_for_url("**/sign-up/")
    page.fill("[name=username]", "nils")
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/first-days/")
    nils = User.objects.get(username="nils")
    assert nils.time_zone == "Africa/Nairobi", "as the browser knows it"

    # No way round: the workbench itself sends to the page.
    page.goto(live_server.url)
    expect(page.get_by_text("Before your first task")).to_be_visible()
    page.goto(f"{live_server.url}/projects/{project.pk}/label/")
    page.keyboard.press("Space")
    page.wait_for_url("**/first-days/")
    assert not Lease.objects.exists()
    assert axe_findings(page) == []
    page.get_by_role("button", name="I have read this, and I agree").press("Enter")
    expect(page.get_by_text("You can begin.")).to_be_visible()

    page.get_by_role("link", name="Try it").press("Enter")
    page.wait_for_url("**/first-days/keys/")
    page.keyboard.press("Space")
    expect(page.get_by_text("sleepy snail")).to_be_visible()
    page.wait_for_load_state()  # with what hears the keys
    for key, heading in (("1", "How strong?"), ("2", "Your answer is complete"), ("Enter", "Answered.")):
        page.keyboard.press(key)
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        page.wait_for_load_state()
        assert axe_findings(page) == []
    assert FirstDays.objects.get(person=nils).done == ["keys"]

    page.goto(f"{live_server.url}/projects/{project.pk}/label/")
    page.keyboard.press("Space")
    page.wait_for_selector("#stimulus[data-state=closed]")

    page.goto(f"{live_server.url}/first-days/")
    page.get_by_role("button", name="Take my agreement back").press("Enter")
    expect(page.get_by_text("You took your yes back.")).to_be_visible()
    page.goto(f"{live_server.url}/projects/{project.pk}/label/")
    page.keyboard.press("Space")  # shows nothing of the task that was handed out before
    page.wait_for_url("**/first-days/")
    page.get_by_role("button", name="I have read this, and I agree").press("Enter")
    expect(page.get_by_text("You can begin.")).to_be_visible()
    page.goto(f"{live_server.url}/projects/{project.pk}/label/")
    page.keyboard.press("Space")
    page.wait_for_selector("#stimulus[data-state=open]")
