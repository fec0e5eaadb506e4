"""What stands over a stretch is found as if every row were asked."""

from hypothesis import given
from hypothesis import strategies as st

from tidings.read.claims.stretches import Stretches

SPAN = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(SPAN, max_size=12), SPAN)
def test_rows_over_a_stretch_are_those_that_share_a_letter_with_it(
    spans: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    """The rows found are those that overlap, in the order in which they were given."""
    held = Stretches((start, end, number) for number, (start, end) in enumerate(spans))

    assert held.over(*asked) == [
        number for number, (start, end) in enumerate(spans) if start < asked[1] and asked[0] < end
    ]
