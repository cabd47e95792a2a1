"""What a run took, told to people and to programs."""

from kgcheck.model.timing import Timed
from kgcheck.report.timings import timings_record, timings_text

TIMED = (
    Timed("loading", 1.25),
    Timed("value-conflict", 0.5, rows=12_345, blocks=10, findings=9, work=0.625),
    Timed("agreement", 0.75, rows=3, blocks=1, findings=0),
    Timed("merging findings", 0.5),
)


def test_stages_in_order_then_checks_the_longest_first() -> None:
    assert timings_text(TIMED).splitlines() == [
        "step                seconds",
        "loading               1.250",
        "checks                1.250",
        "merging findings      0.500",
        "in all                3.000",
        "",
        "check               seconds       rows     blocks   findings",
        "agreement             0.750          3          1          0",
        "value-conflict        0.625     12,345         10          9",
    ]


def test_without_checks_there_is_no_table_of_them() -> None:
    assert timings_text(TIMED[:1]).splitlines() == [
        "step       seconds",
        "loading      1.250",
        "in all       1.250",
    ]


def test_plain_data_in_the_order_of_the_run() -> None:
    assert timings_record(TIMED) == {
        "stages": [
            {"stage": "loading", "seconds": 1.25},
            {"stage": "checks", "seconds": 1.25},
            {"stage": "merging findings", "seconds": 0.5},
        ],
        "checks": [
            {"check": "value-conflict", "seconds": 0.625, "rows": 12_345, "blocks": 10, "findings": 9},
            {"check": "agreement", "seconds": 0.75, "rows": 3, "blocks": 1, "findings": 0},
        ],
    }


def test_control_characters_stay_out_of_the_terminal() -> None:
    assert "\x1b" not in timings_text([Timed("\x1b[31mloading", 1.0)])
