"""The pytest plugin: it gives the tests of `lens.testing.Conformance` the checks and rows that they run over."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("lens.testing.conformance")


@pytest.hookimpl
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test of `Conformance` once for each check, row or sparse case that it names."""
    if metafunc.cls is None or not any(one.__name__ == "Conformance" for one in metafunc.cls.__mro__):
        return
    from lens.testing.conformance import Conformance, Subject, parameters

    if not issubclass(metafunc.cls, Conformance):
        return
    if "subject" not in vars(metafunc.cls):
        metafunc.cls.subject = Subject(metafunc.cls.pack, metafunc.cls.cases)
    for name in metafunc.fixturenames:
        given = parameters(metafunc.cls.subject, name)
        if given is not None:
            metafunc.parametrize(name, given[0], ids=given[1])
