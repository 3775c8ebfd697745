"""One scripted labeler's shift as a list of small steps, each at a simulated moment, each one HTTP call or two.

`Shift.next_step` does what is due and says when to come back. The server decides everything that matters: what is
handed out, when a break is due, when the day is over. The script only reads the answers and obeys them.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from labeling.management.simulation.client import Answer, ApiClient, ApiError
from labeling.management.simulation.labeler import ScriptedLabeler
from labeling.management.simulation.truth import Truth

DAY_STARTS = time(9, 0)
DAY_ENDS = time(17, 0)
NOTHING_WAITS = timedelta(minutes=10)
MICRO_BREAK = timedelta(minutes=6)
# A margin on top of what the server says, so that clocks that differ by a breath do not make a caller ask twice.
MARGIN = timedelta(seconds=2)
# The lease, or the task, went away while the script was thinking: ask for the next one.
GONE = {"lease_expired", "not_found", "not_revealed", "view_settled", "task_decided", "not_cleared"}


@dataclass
class Tally:
    """What one scripted labeler did, counted on the client's side of the wire."""

    annotations: int = 0
    skips: int = 0
    breaks: int = 0
    budget_stops: int = 0
    waits: int = 0
    days: set[str] = field(default_factory=set)
    steps_seconds: dict[str, list[float]] = field(default_factory=dict)


@dataclass
class Shift:
    """State of one labeler between steps."""

    project_id: int
    question: str
    client: ApiClient
    labeler: ScriptedLabeler
    truth: Truth
    zone: ZoneInfo
    tally: Tally = field(default_factory=Tally)
    card: dict[str, Any] | None = None
    reading: bool = False
    idle_since_all_done: bool = False

    def next_step(self, now: datetime) -> datetime:
        """Do what is due at `now`; return when this labeler acts next."""
        if self.card is None:
            return self._ask_for_work(now)
        if not self.reading:
            return self._open(now)
        return self._answer(now)

    def _ask_for_work(self, now: datetime) -> datetime:
        begins = self._work_begins(now)
        if begins > now:
            return begins
        answer = self.client.post(f"projects/{self.project_id}/claim")
        if answer.status == 201:
            self.card = answer.body
            self.idle_since_all_done = False
            self.tally.days.add(now.astimezone(self.zone).date().isoformat())
            return now + timedelta(seconds=self.labeler.card_seconds())
        if answer.status == 204:
            self.idle_since_all_done = True
            self.tally.waits += 1
            return now + NOTHING_WAITS
        return self._refused(answer, now)

    def _open(self, now: datetime) -> datetime:
        if self.labeler.skips():
            return self._skip(now)
        answer = self.client.post(f"leases/{self._lease}/reveal", {"show": "masked"})
        if answer.status != 200:
            return self._refused(answer, now)
        self.reading = True
        return now + timedelta(seconds=self._read(answer.body))

    def _answer(self, now: datetime) -> datetime:
        shown = self.card["shown"] if self.card else {}
        if shown.get("parts_left"):
            wanted = {"to": "part", "part": shown["parts"] + 1}
            answer = self.client.post(f"leases/{self._lease}/step", wanted)
            if answer.status == 200:
                return now + timedelta(seconds=self._read(answer.body))
            # No budget for another part: the answer can always be given.
        return self._submit(now)

    def _submit(self, now: datetime) -> datetime:
        card = self._card
        item = str(card["card"]["item"])
        labelled = self.truth.of(item)
        if labelled is None:
            raise ApiError(f"The truth file has no item {item!r}.")
        answers = {self.question: self.labeler.answers(item, labelled)}
        answer = self.client.post(f"leases/{self._lease}/annotation", {"answers": answers})
        if answer.status != 200:
            return self._refused(answer, now)
        self.tally.annotations += 1
        self._forget()
        return now + timedelta(seconds=1)

    def _skip(self, now: datetime) -> datetime:
        self.client.post(f"leases/{self._lease}/skip")
        self.tally.skips += 1
        self._forget()
        return now + timedelta(seconds=1)

    def _refused(self, answer: Answer, now: datetime) -> datetime:
        until = _moment(answer.body.get("until"))
        if answer.code == "break_due":
            self.tally.breaks += 1
            self._forget()
            kind = "long" if until and until - now > MICRO_BREAK else "micro"
            begun = self.client.post("me/break", {"kind": kind})
            return _later(now, _moment(begun.body.get("until")) or until)
        if answer.code == "budget_spent":
            self.tally.budget_stops += 1
            self._forget()
            return self._work_begins(_later(now, until or self._tomorrow(now)))
        if answer.code == "breather":
            return _later(now, until)
        if answer.code in GONE:
            self._forget()
            return now + timedelta(seconds=5)
        raise ApiError(f"{self.labeler.temperament.name}: {answer.status} {answer.code}: {answer.body}")

    def _read(self, body: dict[str, Any]) -> float:
        """Seconds until this labeler is done with what is on the screen; asks for more time if the window is short."""
        card = self._card
        seen = card.get("shown", {}).get("words", 0)
        shown = {name: body["shown"][name] for name in ("words", "parts_left")} | {
            "parts": len(body["parts"])
        }
        card["shown"] = shown
        needed = self.labeler.reading_seconds(shown["words"] - seen)
        if not shown["parts_left"]:
            needed += self.labeler.decide_seconds()
        view = body["view"]
        left = float(view["seconds_left"])
        while left < needed:
            answer = self.client.post(f"leases/{self._lease}/more", {"window": view["window"]})
            if answer.status != 200:
                break
            view = answer.body["view"]
            if float(view["seconds_left"]) <= left:
                break
            left = float(view["seconds_left"])
        return needed

    @property
    def _card(self) -> dict[str, Any]:
        if self.card is None:
            raise ApiError("There is no card.")
        return self.card

    @property
    def _lease(self) -> int:
        return int(self._card["lease"]["id"])

    def _forget(self) -> None:
        self.card, self.reading = None, False

    def _work_begins(self, moment: datetime) -> datetime:
        """`moment` itself within working hours, else the next morning (weekends are worked: budgets are the limit)."""
        local = moment.astimezone(self.zone)
        if local.time() < DAY_STARTS:
            return _at(local, DAY_STARTS)
        if local.time() >= DAY_ENDS:
            return _at(local + timedelta(days=1), DAY_STARTS)
        return moment

    def _tomorrow(self, moment: datetime) -> datetime:
        return _at(moment.astimezone(self.zone) + timedelta(days=1), DAY_STARTS)


def _at(local: datetime, clock: time) -> datetime:
    return local.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0).astimezone(UTC)


def _later(now: datetime, until: datetime | None) -> datetime:
    return max(now + MARGIN, (until or now) + MARGIN)


def _moment(raw: object) -> datetime | None:
    return datetime.fromisoformat(raw) if isinstance(raw, str) else None
