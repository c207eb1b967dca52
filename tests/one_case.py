"""`--one-case`: of every parametrised test only the first case, and few examples of every property.

Another version of Python has other syntax and another standard library, but not other data: what a test calls, its first case calls.
All cases stay where they differ in what they ask of Python (mark `every_case`), and each case that has a mark of its own.
"""

import pytest
from hypothesis import settings

EXAMPLES = 10
"""Of a property, which may ask for fewer itself."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--one-case",
        action="store_true",
        help="run only the first case of every parametrised test, and few examples of every property",
    )


@pytest.hookimpl(trylast=True)  # after `-m` and `-k`: the first case is one that they leave
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("one_case"):
        return
    met = set[tuple[object, str]]()
    kept, left_out = [], []
    for item in items:
        if isinstance(item, pytest.Function) and _is_one_of_many(item):
            test = (item.parent, item.originalname)
            (left_out if test in met else kept).append(item)
            met.add(test)
        else:
            kept.append(item)
    items[:] = kept
    if left_out:
        config.hook.pytest_deselected(items=left_out)
    for item in kept:
        if isinstance(item, pytest.Function):
            _let_have_few_examples(item)


def _is_one_of_many(item: pytest.Function) -> bool:
    return hasattr(item, "callspec") and not item.callspec.marks and item.get_closest_marker("every_case") is None


def _let_have_few_examples(item: pytest.Function) -> None:
    """Limit the examples of a property, also where it says itself how many it wants: that is stronger than any profile."""
    function = getattr(item.obj, "__func__", item.obj)
    wanted = getattr(
        function, "_hypothesis_internal_use_settings", None
    )  # where Hypothesis' own plugin changes them too
    if wanted is not None and wanted.max_examples > EXAMPLES:
        function._hypothesis_internal_use_settings = settings(wanted, max_examples=EXAMPLES)
