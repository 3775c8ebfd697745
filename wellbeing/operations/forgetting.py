"""What a view belonged to is forgotten after thirty days; what it cost stays (DESIGN section 6)."""

from django.db import connection

KEPT_DAYS = 30

# Settled views only: nothing of these is opened again, and their lease is long over. The reference keeps it unique.
FORGET = """
UPDATE exposure_view
   SET occasion = 'forgotten:' || ref, categories = '{}'
 WHERE settled_at < respite_now() - make_interval(days => %s) AND occasion NOT LIKE 'forgotten:%%'
"""


def forget_occasions() -> int:
    """Cut the link of every view settled more than thirty days ago. Returns how many there were.

    A finding that comes later than that owes nobody a top-up any more.
    """
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [KEPT_DAYS])
        return int(cursor.rowcount)
