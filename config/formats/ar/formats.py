"""Short dates, which Django has no Arabic formats for; the others are its own."""

MOMENT_FORMAT = "j M، H:i"
SHORT_MONTH_DAY_FORMAT = "j M"
WEEKDAY_DATE_FORMAT = "D j M"
