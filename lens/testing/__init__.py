"""A kit for whoever writes packs and plugins: a case from a few lines of YAML, one check run on it, what it found.

What is named here is public. `lens.testing.Conformance` has the tests that every pack and plugin can reuse.
"""

from __future__ import annotations

from lens.testing.cases import AS_OF as AS_OF
from lens.testing.cases import Row as Row
from lens.testing.cases import case as case
from lens.testing.cases import row as row
from lens.testing.cases import rows as rows
from lens.testing.conformance import Conformance as Conformance
from lens.testing.running import example as example
from lens.testing.running import findings as findings
from lens.testing.running import found as found
from lens.testing.running import told as told
