"""The baseline of `accord verify`: failures that are known are held against nobody until their day."""

from pathlib import Path

import pytest
import yaml

from accord.cli.baselines import read_baseline
from accord.errors import UsageError
from tests.verifying.conftest import Verify

KNOWN = ("--app", "shop:app", "--phases", "coverage", "--operation", "getItem")


def test_what_fails_is_written_down_and_fails_no_more_until_its_day(verify: Verify, tmp_path: Path) -> None:
    file = tmp_path / "known.yaml"
    done, report = verify(*KNOWN, "--baseline", str(file), "--baseline-update", faults="nameless")
    assert (done.returncode, report["kept"]) == (0, True), done.stdout
    written = yaml.safe_load(file.read_text())
    assert {tuple(each) for each in written} == {("fingerprint", "reason", "until")}
    assert any("getItem: body /name is required" in each["reason"] for each in written)

    done, report = verify(*KNOWN, "--baseline", str(file), faults="nameless,fails")
    new = [each["message"] for each in report["findings"] if not each["known"]]
    assert (done.returncode, new) == (1, ["getItem: answers 500"]), done.stdout

    file.write_text(file.read_text().replace(str(written[0]["until"]), "2020-01-31"))
    done, report = verify(*KNOWN, "--baseline", str(file), faults="nameless")
    assert done.returncode == 1
    assert "this approval ended on 2020-01-31" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {fingerprint: a, until: 2099-01-31}", "an approval needs a `reason`"),
        ("- {rule: not-a-servers-error, reason: r, until: 2099-01-31}", "did you mean 'not-a-server-error'?"),
    ],
)
def test_a_baseline_that_is_none_is_an_error_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "known.yaml").write_text(text)
    with pytest.raises(UsageError, match="is no baseline") as raised:
        read_baseline(tmp_path / "known.yaml", updates=False)
    assert said in str(raised.value)


def test_to_write_a_baseline_takes_its_name() -> None:
    with pytest.raises(UsageError, match="which baseline"):
        read_baseline(None, updates=True)
