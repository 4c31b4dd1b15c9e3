"""The computed checks of the pack: what a case's own data tells about support that reaches a force."""

from lens_security_sector.checks.beside import oversight_in_design as oversight_in_design
from lens_security_sector.checks.beside import training_aims as training_aims
from lens_security_sector.checks.chains import chain_ends as chain_ends
from lens_security_sector.checks.chains import data_to_force as data_to_force
from lens_security_sector.checks.days import pay_and_budget as pay_and_budget
from lens_security_sector.checks.days import vetted_before_start as vetted_before_start
