"""What one answer suffers: the same for the same seed, operation and ordinal, spread as the fault says."""

from statistics import NormalDist, mean, quantiles

import pytest

from accord.mocking.faulting.chances import Chance
from accord.mocking.faulting.model import Fault
from accord.mocking.faulting.reading import read_fault

MANY = 2_000


def drawn(text: str) -> list[Fault | None]:
    fault = read_fault(text)
    return [fault.drawn(Chance("seed", "getPet", ordinal)) for ordinal in range(MANY)]


def times(text: str) -> list[float]:
    return sorted(each.seconds for each in drawn(text) if each is not None)


def test_the_same_request_suffers_the_same_again() -> None:
    assert drawn("delay=1s..2s; rate=50%") == drawn("delay=1s..2s; rate=50%")


@pytest.mark.parametrize(
    "other", [Chance("other", "getPet", 1), Chance("seed", "listPets", 1), Chance("seed", "getPet", 2)]
)
def test_another_seed_operation_or_ordinal_suffers_something_else(other: Chance) -> None:
    fault = read_fault("delay=0s..600s")
    assert fault.drawn(Chance("seed", "getPet", 1)) != fault.drawn(other)


def test_a_rate_is_the_share_of_the_answers_that_suffer() -> None:
    share = sum(1 for each in drawn("reset; rate=20%") if each is not None) / MANY
    assert 0.17 < share < 0.23


@pytest.mark.parametrize(("text", "suffers"), [("reset; rate=0%", 0), ("reset; rate=100%", MANY)])
def test_a_rate_of_none_or_all_is_none_or_all(text: str, suffers: int) -> None:
    assert sum(1 for each in drawn(text) if each is not None) == suffers


def test_a_range_is_filled_from_end_to_end() -> None:
    found = times("delay=100ms..2s")
    assert (0.1 <= found[0] < 0.12, 1.97 < found[-1] <= 2, 1.0 < mean(found) < 1.1) == (True, True, True)


def test_a_normal_distribution_has_its_mean_and_deviation_and_nothing_below_0() -> None:
    found = NormalDist.from_samples(times("delay=normal(300ms 50ms)"))
    assert found.mean == pytest.approx(0.3, abs=0.005)
    assert found.stdev == pytest.approx(0.05, abs=0.004)
    assert times("delay=normal(10ms 100ms)")[0] == 0


def test_a_log_normal_distribution_has_its_median_and_its_95th_percentile() -> None:
    cuts = quantiles(times("delay=lognormal(200ms 1s)"), n=20)
    assert cuts[9] == pytest.approx(0.2, rel=0.1)
    assert cuts[18] == pytest.approx(1, rel=0.15)


@pytest.mark.parametrize(("share", "time"), [(0.25, 0.06), (0.5, 0.12), (0.7, 0.46), (0.9, 0.8), (0.999, 2)])
def test_percentiles_are_as_they_were_measured_and_straight_in_between(share: float, time: float) -> None:
    delay = read_fault("delay=percentiles(p50=120ms p90=800ms p99=2s)").delay
    assert delay is not None
    assert delay.seconds(share) == pytest.approx(time)


def test_no_answer_waits_longer_than_the_longest() -> None:
    assert times("delay=lognormal(1min 10min)")[-1] == 600


def test_of_two_faults_the_first_ones_members_win() -> None:
    both = read_fault("status=500").over(read_fault("status=503; delay=1s; truncate=5B"))
    assert str(both) == "delay=1s; status=500; truncate=5B"
