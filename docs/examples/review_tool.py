"""A review tool that shows nothing before the gate says so: python review_tool.py URL TOKEN USERNAME < reports.jsonl

Each line: {"id": "report-7", "text": "…", "severity": 2}. Standard library alone; see docs/api.md.
"""

import json
import sys
import urllib.error
import urllib.request

url, token, person = sys.argv[1:]


def ask(action, **body):
    """(answer, None), or (None, refusal). Every request may be sent again after a lost reply."""
    request = urllib.request.Request(
        f"{url}/api/v1/wellbeing/{action}",
        data=json.dumps({"person": person, **body}).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as reply:
            return json.loads(reply.read() or b"null"), None
    except urllib.error.HTTPError as error:
        if error.code != 409:
            raise
        return None, json.load(error)


for line in sys.stdin:
    report = json.loads(line)
    cleared, refusal = ask("clear")
    if refusal is None and report["severity"] > cleared["max_severity"]:
        print(f"{report['id']}: for somebody else today")
        continue
    if refusal is None:
        words = len(report["text"].split())
        stimulus = {"modality": "text", "severity": report["severity"], "words": words}
        whole = {"words": words, "of_words": words, "full": True}
        view, refusal = ask("reveal", occasion=report["id"], stimulus=stimulus, disclosure=whole)
    if refusal is not None:
        print(f"{refusal['code']} until {refusal['until']}: {refusal['why']}")
        break
    print(f"{report['id']}, for {view['seconds_left']} s: {report['text']}")
    verdict = report["severity"]  # here your tool waits for the answer
    ask("settle", occasion=report["id"], verdict=verdict)
