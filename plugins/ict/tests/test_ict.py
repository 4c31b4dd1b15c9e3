"""What every pack holds to, for networks, media and data."""

from pathlib import Path

from lens.testing import Conformance


class TestIct(Conformance):
    pack = "ict"
    cases = Path(__file__).parent / "cases.yaml"
