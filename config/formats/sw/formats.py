"""Django knows no Swahili formats: as the English pages write dates and numbers."""

DATE_FORMAT = "j F Y"
MONTH_DAY_FORMAT = "j F"
YEAR_MONTH_FORMAT = "F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATE_FORMAT = "j M Y"
MOMENT_FORMAT = "j M, H:i"
SHORT_MONTH_DAY_FORMAT = "j M"
WEEKDAY_DATE_FORMAT = "D j M"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
