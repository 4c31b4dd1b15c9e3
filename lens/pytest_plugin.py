"""The pytest plugin: it gives the tests of `lens.testing.Conformance` the checks and rows that they run over."""

from __future__ import annotations

import sys

import pytest

pytest.register_assert_rewrite("lens.testing.conformance")


@pytest.hookimpl
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test of `Conformance` once for each check, row or sparse case that it names."""
    if not _is_ours(metafunc.cls):
        return
    from lens.testing.conformance import Subject, parameters

    if "subject" not in vars(metafunc.cls):
        metafunc.cls.subject = Subject(metafunc.cls.pack, metafunc.cls.cases)
    for name in metafunc.fixturenames:
        given = parameters(metafunc.cls.subject, name)
        if given is not None:
            metafunc.parametrize(name, given[0], ids=given[1])


@pytest.hookimpl
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the tests of `Conformance` that have nothing to run over: a pack without computed checks is whole."""
    items[:] = [one for one in items if not _is_empty(one)]


def _is_empty(item: pytest.Item) -> bool:
    return "NOTSET" in item.name and _is_ours(getattr(item, "cls", None))


def _is_ours(of: type | None) -> bool:
    """Whether a class of tests is one of `Conformance`. Who uses it has imported it; nothing is imported for others."""
    module = sys.modules.get("lens.testing.conformance")
    return of is not None and module is not None and issubclass(of, module.Conformance)
