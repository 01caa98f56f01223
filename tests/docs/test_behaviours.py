"""The guide to behaviour in code shows code that works."""

import re
from pathlib import Path

import httpx

from accord.testing import Mock
from tests.live import ROOT

GUIDE = (ROOT / "docs" / "behaviours.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)


def test_the_guides_behaviour_does_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "assistant.py").write_text(BLOCKS[0])
    new = {"assistant_type": "chat", "llm_model": None, "name": "Ada"}
    with Mock.start(folder=ROOT, behaviours=tmp_path) as mock:
        answers = [
            httpx.post(f"{mock.url}/api/v1/assistant", params={"api_key": "in-test"}, json=new)
            for _ in range(2)
        ]
    assert [each.status_code for each in answers] == [200, 422]
    assert answers[1].json()["detail"] == "There is an assistant 'Ada' already."
