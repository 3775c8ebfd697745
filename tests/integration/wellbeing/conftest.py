import pytest

from tests.factories.wellbeing import advance_to


@pytest.fixture(autouse=True)
def _nine_in_the_morning(db: None) -> None:
    """So that no test depends on how far away 04:00 happens to be."""
    advance_to(9)
