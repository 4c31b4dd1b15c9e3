"""What every pack holds to, for support that reaches forces."""

from pathlib import Path

from lens.testing import Conformance


class TestSecuritySector(Conformance):
    pack = "security-sector"
    cases = Path(__file__).parent / "cases.yaml"
