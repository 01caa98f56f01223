"""Faults as people write them: read, written again, and refused with what would do."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.mocking.faulting.delays import Fixed, LogNormal, Normal, Percentiles, Uniform
from accord.mocking.faulting.model import NO_FAULT, Cut, Fault, Limit
from accord.mocking.faulting.reading import UnusableFault, read_fault

WRITTEN = [
    ("reset", Fault(connection="reset")),
    ("drop", Fault(connection="drop")),
    ("delay=300ms; status=503; rate=20%", Fault(delay=Fixed(0.3), status="503", rate=0.2)),
    ("delay=100ms..2s", Fault(delay=Uniform(0.1, 2))),
    ("delay=normal(300ms 50ms)", Fault(delay=Normal(0.3, 0.05))),
    ("delay=lognormal(200ms 1.5s)", Fault(delay=LogNormal(0.2, 1.5))),
    ("delay=percentiles(p50=120ms p99=2s)", Fault(delay=Percentiles(((50, 0.12), (99, 2))))),
    ("truncate=50%; speed=10kB", Fault(truncate=Cut(share=0.5), speed=10_000)),
    ("delay=percentiles(p99.9999=1s p100=2s)", Fault(delay=Percentiles(((99.9999, 1), (100, 2))))),
    ("truncate=100B", Fault(truncate=Cut(100))),
    ("limit=10/1min", Fault(limit=Limit(10, 60))),
    ("status=5XX", Fault(status="5XX")),
    ("none", NO_FAULT),
]


@pytest.mark.parametrize(("text", "fault"), WRITTEN)
def test_a_fault_is_read_as_it_is_written_and_written_as_it_is_read(text: str, fault: Fault) -> None:
    assert (read_fault(text), str(fault)) == (fault, text)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (" Delay = 0.3s , RATE=0.25 ;", "delay=300ms; rate=25%"),
        ("limit=5/s", "limit=5/1s"),
        ("speed=1.5MB/s; status=5xx", "status=5XX; speed=1500kB"),
        ({"status": 503, "rate": 0.2, "delay": "90s"}, "delay=90s; status=503; rate=20%"),
        ({"reset": True}, "reset"),
        ({"rate": 1 / 3}, "rate=33.333333%"),
        ({"connection": "drop", "truncate": 1000}, "drop; truncate=1kB"),
        ({}, "none"),
    ],
)
def test_other_spellings_and_mappings_say_the_same(written: str | Mapping[str, Any], text: str) -> None:
    assert str(read_fault(written)) == text


TOKENS = (
    "delay=", "status=", "truncate=", "speed=", "limit=", "rate=", "reset", "drop", "none", "normal(",
    "lognormal(", "percentiles(", ")", "p0=", "p50=", "p99=", "..", "300ms", "1s", "2min", "0", "10/", "/s",
    "50%", "0.3", "1e5", "10kB", "503", "5XX", ";", ",", " ", "=", "٣",
)  # fmt: skip


@given(st.lists(st.sampled_from(TOKENS), max_size=9).map("".join))
@settings(max_examples=1_000)
def test_any_text_is_refused_or_read_so_that_it_is_the_same_once_written(text: str) -> None:
    try:
        fault = read_fault(text)
    except UnusableFault:
        return
    assert read_fault(str(fault)) == fault


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "is empty: write one such as reset"),
        ("rest", "did you mean 'reset'?"),
        ("spee=1kB", "did you mean 'speed'?"),
        ("reset=yes", "neither reset nor drop, which have no value"),
        ("reset; drop", "connection is there twice"),
        ("delay=300", "no time with a unit, such as 300ms"),
        ("delay=2s..1s", "write the shorter time first"),
        ("delay=11min", "10min at most"),
        ("delay=normal(300ms)", "needs a mean and a standard deviation"),
        ("delay=lognormal(2s 1s)", "a 95th percentile above that"),
        ("delay=percentiles(p99=1s p50=2s)", "does not rise"),
        ("status=99", "is no status: write one such as 503"),
        ("truncate=half", "no number of bytes, such as 500"),
        ("speed=0", "write drop"),
        ("rate=120%", "100% at most"),
        ("truncate=999999999.5MB", "less than 1000MB"),
        ("limit=5/999999999h", "8760h at most"),
        ("limit=10", "such as 10/1min or 5/s"),
        ("limit=10/1min; rate=5%", "A limit counts every request"),
        ({"delay": 300}, "no time with a unit"),
        ({"delay": ["1s"]}, "neither a text nor a number"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_would_do(
    written: str | Mapping[str, Any], said: str
) -> None:
    with pytest.raises(UnusableFault) as refused:
        read_fault(written)
    assert said in str(refused.value)
