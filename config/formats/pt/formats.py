"""Short dates, which Django has no Portuguese formats for; the others are its own."""

MOMENT_FORMAT = "j b, H:i"
SHORT_MONTH_DAY_FORMAT = "j b"
WEEKDAY_DATE_FORMAT = "D, j b"
