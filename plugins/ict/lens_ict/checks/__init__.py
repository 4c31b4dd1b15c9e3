"""The computed checks of the pack: who can watch or list people, channels on a tense day, warnings, the end."""

from lens_ict.checks.channels import live_on_the_day as live_on_the_day
from lens_ict.checks.channels import warning_responder as warning_responder
from lens_ict.checks.systems import authority_can_watch as authority_can_watch
from lens_ict.checks.systems import lists_where_marked as lists_where_marked
from lens_ict.checks.systems import system_outlives as system_outlives
