"""The rule of form: one problem for each file that would be written differently."""

from __future__ import annotations

import pytest

from drills import checks


def lines(small) -> list[str]:
    return [str(problem).replace(f"{small.folder}/", "") for problem in checks.check(small.folder)]


@pytest.mark.parametrize("old, new, line, what", [
    (b"TASS,TASS,agency,RUS,\n", b'TASS,TASS,"agency",RUS,\n', 3, "quotes, white space, composed letters or line ends "
     "differ"),
    (b"TASS,TASS,agency,RUS,\nXinhua,Xinhua,agency,CHN,\n", b"Xinhua,Xinhua,agency,CHN,\nTASS,TASS,agency,RUS,\n", 3,
     "its rows are out of order"),
    (b"agency,RUS,\n", b"agency,RUS,\r\n", 3, "its lines do not end as they should"),
    (b"agency,CHN,\n", b"agency,CHN,", 4, "quotes, white space, composed letters or line ends differ"),
])
def test_a_file_out_of_form_is_named_once_with_the_command(small, old, new, line, what):
    """Catch a file that passes the check and is written differently by the next author's command."""
    small.tidy()
    path = small.path("publishers")
    path.write_bytes(path.read_bytes().replace(old, new))
    assert lines(small) == [f"publishers.csv:{line}:(row): from here on the file is not in its form: {what}; "
                            "run make fmt, which changes no value"]
    small.tidy()
    assert lines(small) == []


def test_a_file_that_is_wrong_otherwise_is_not_asked(small):
    """Catch a second problem for one slip: a date that is mistyped moves its row, and rows of other tables with it."""
    small.tidy()
    small.edit("events", 2, "start_date", "2o21-08-09")
    assert {line.split(":")[0] for line in lines(small)} == {"events.csv"}
