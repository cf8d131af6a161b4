"""Words of the calendar, folded, in the order of the alphabet. Those of the standard library follow the locale of the machine; these
are the same everywhere.
"""

from typing import Final

WEEKDAYS: Final = tuple("friday monday saturday sunday thursday tuesday wednesday".split())
MONTHS: Final = tuple("april august december february january july june march may november october september".split())
