"""What every pack holds to, for elections and registers."""

from pathlib import Path

from lens.testing import Conformance


class TestElectionsAndRegisters(Conformance):
    pack = "elections-and-registers"
    cases = Path(__file__).parent / "cases.yaml"
