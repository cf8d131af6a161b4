"""Words of the calendar, folded. Those of the standard library follow the locale of the machine; these are the same everywhere."""

WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())
MONTHS = tuple("january february march april may june july august september october november december".split())
