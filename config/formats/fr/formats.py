"""Short dates, which Django has no French formats for; the others are its own."""

MOMENT_FORMAT = "j N, H:i"
SHORT_MONTH_DAY_FORMAT = "j N"
WEEKDAY_DATE_FORMAT = "D j N"
