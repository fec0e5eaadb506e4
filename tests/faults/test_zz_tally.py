"""How many faults were put in, once all of the suite has run."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.faults.injected import TALLY

AT_LEAST = 200


def test_at_least_two_hundred_faults_were_put_in(request: pytest.FixtureRequest):
    """The suite puts in at least 200 real faults: processes killed, connections ended, disks filled, clocks turned."""
    here = Path(__file__).parent
    ran = {item.path for item in request.session.items if item.path.parent == here}
    if ran != set(here.glob("test_*.py")) or not any("postgresql" in what for what in TALLY):
        pytest.skip("only a part of the suite ran")

    assert sum(TALLY.values()) >= AT_LEAST, TALLY
