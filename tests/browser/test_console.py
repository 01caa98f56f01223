"""The mock's console in a real headless Chromium, before a mock that listens."""

import shlex
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from accord.contract import load_contract
from accord.document.data import read_data
from accord.mocking import Choices, Mock
from accord.mocking.asgi import Application
from accord.mocking.model import Exchange, Request, Response
from accord.mocking.recording import MOST, Records
from accord.mocking.scenarios.reading import read_scenarios
from accord.mocking.state.world import Worlds
from accord.testing import Mock as RunningMock
from tests.browser.chromium import CHROMIUM, Page, browsing
from tests.live import ROOT
from tests.mocking.listening import listening

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium"
)

CONTRACT = """\
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200":
          description: All.
          content:
            application/json:
              schema: { type: array, items: { $ref: "#/components/schemas/Pet" } }
              example: [{ id: 1, name: Ada }]
    post:
      operationId: createPet
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } }
      responses:
        "201":
          description: Made.
          content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } }
        "409": { description: There is one. }
  /pets/{petId}:
    parameters: [{ name: petId, in: path, required: true, schema: { type: integer } }]
    get:
      operationId: getPet
      responses:
        "200":
          description: One.
          content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } }
        "404": { description: None. }
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        id: { type: integer, readOnly: true }
        name:
          type: string
          maxLength: 10
"""
MARKUP = "<img src=x onerror=window.hacked=1>"
ROWS = "#list .row:not([hidden])"


@dataclass(frozen=True)
class Stage:
    """A mock, a client of what it mocks, and its console in a browser."""

    client: httpx.Client
    records: Records
    page: Page
    mock: Mock

    def opened(self, view: str = "exchanges") -> Page:
        """The console, once it is connected."""
        self.page.open("about:blank")
        self.page.open(f"{self.client.base_url}/_accord/#{view}")
        self.page.until("document.querySelector('#connection').dataset.state === 'live'")
        return self.page

    def add(self, name: object) -> httpx.Response:
        return self.client.post("/pets", json={"name": name})


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browsing(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture
def stage(browser: Page, tmp_path: Path) -> Iterator[Stage]:
    file = tmp_path / "pets.yaml"
    file.write_text(CONTRACT)
    records = Records()
    app = Application(Mock(load_contract(str(file))), Choices(), worlds=Worlds(), records=records)
    with listening(app) as url, httpx.Client(base_url=url) as client:
        yield Stage(client, records, browser, app.mock)
        browser.scheme("light")
        assert browser.thrown == []
        browser.open("about:blank")


def count_of(selector: str) -> str:
    return f"document.querySelectorAll({selector!r}).length"


def test_a_refused_request_stands_beside_the_line_of_the_contract_that_it_breaks(stage: Stage) -> None:
    stage.add("far too long a name")
    page = stage.opened()
    page.click(ROWS, "422")
    assert "pets.yaml:42:11" in page.text(".excerpt figcaption")
    assert "maxLength: 10" in page.text(".excerpt .at")
    violation = page.text(".violation")
    assert "request body /name" in violation
    assert "far too long a name" in violation
    assert page.text(".message mark") == '"far too long a name"'


def test_nothing_of_a_request_becomes_markup(stage: Stage) -> None:
    stage.client.request("GET", f"/pets/{MARKUP}?{MARKUP}", headers={"x-odd": MARKUP})
    stage.client.post(
        "/pets", content=f'{{"name": "{MARKUP}"}}', headers={"content-type": "application/json"}
    )
    stage.client.post("/pets", content=MARKUP, headers={"content-type": "text/html"})
    page = stage.opened()
    for number in (1, 2, 3):
        page.press("ArrowDown") if number > 1 else page.click(ROWS)
        page.until(f"document.querySelector('#detail h2') && {number}")
        assert page.value("document.querySelectorAll('#detail img, #list img').length") == 0
    assert page.value("window.hacked === undefined")


def test_the_list_is_filtered_by_what_is_chosen_and_what_is_written(stage: Stage) -> None:
    stage.client.get("/pets")
    stage.add("Ada")
    stage.add("far too long a name")
    page = stage.opened()
    page.until(f"{count_of(ROWS)} === 3")
    page.write("#status", "4")
    assert page.value(count_of(ROWS)) == 1
    page.write("#status", "")
    page.write("#operation", "listPets")
    assert page.text("#count") == "1 of 3"


def test_the_search_finds_what_stands_in_bodies(stage: Stage) -> None:
    stage.add("Zenobia")
    stage.client.get("/pets/77")
    page = stage.opened()
    page.write("#text", "zenob")
    page.until(f"{count_of(ROWS)} === 1")
    assert "createPet" in page.text(ROWS)


def test_exchanges_show_as_they_come_unless_the_list_is_paused(stage: Stage) -> None:
    page = stage.opened()
    stage.client.get("/pets")
    page.until(f"{count_of(ROWS)} === 1")
    page.click("#pause")
    stage.client.get("/pets")
    page.until("document.querySelector('#pause').textContent === 'Resume (1)'")
    assert page.value(count_of(ROWS)) == 1
    page.click("#pause")
    page.until(f"{count_of(ROWS)} === 2")


def test_a_request_is_sent_again(stage: Stage) -> None:
    stage.add("Ada")
    page = stage.opened()
    page.click(ROWS)
    page.click(".actions button", "Send again")
    page.until(f"{count_of(ROWS)} === 2")
    assert [each.exchange.request.body for each in stage.records] == [b'{"name":"Ada"}'] * 2


def test_the_line_of_curl_says_in_a_shell_what_was_sent(stage: Stage) -> None:
    body = '{"name": "it\'s $HOME `id` \\\\"}'
    stage.client.post("/pets?a=[1]", content=body, headers={"content-type": "application/json", "x-none": ""})
    page = stage.opened()
    line = page.value(
        "Promise.all([import('/_accord/console/curl.js'), import('/_accord/console/api.js')])"
        ".then(async ([{curlOf}, {getExchange}]) => curlOf(await getExchange(1)))"
    )
    words = shlex.split(line)
    assert words[:4] == ["curl", "-X", "POST", "--globoff"]
    assert words[4] == f"{stage.client.base_url}/pets?a=[1]"
    assert words[-2:] == ["--data-raw", body]
    assert "x-none;" in words


def test_numbers_are_shown_as_they_were_sent(stage: Stage) -> None:
    body = '{"name":"Ada","tags":[],"far":1.0,"id":9007199254740993}'
    stage.client.post("/pets", content=body, headers={"content-type": "application/json"})
    page = stage.opened()
    page.click(ROWS)
    expected = '{\n  "name": "Ada",\n  "tags": [],\n  "far": 1.0,\n  "id": 9007199254740993\n}'
    assert page.text(".message pre.code") == expected


def test_a_mock_without_a_journal_says_so(browser: Page) -> None:
    with listening(Application(Mock(load_contract(str(ROOT / "openapi.yaml"))), Choices())) as url:
        browser.open(f"{url}/_accord/")
        assert "keeps no journal" in browser.text("#empty:not([hidden])")
        browser.open("about:blank")


def test_the_list_is_used_by_keyboard(stage: Stage) -> None:
    stage.client.get("/pets")
    stage.add("Ada")
    page = stage.opened()
    page.until(f"{count_of(ROWS)} === 2")
    page.press("/")
    assert page.value("document.activeElement.id") == "text"
    page.press("ArrowDown")
    page.press("ArrowDown")
    page.until("document.querySelector('#detail .line').innerText.startsWith('GET')")
    page.press("Enter")
    assert page.value("document.activeElement.id") == "detail"
    page.press("Escape")
    assert page.value("document.querySelector('#detail').hidden && document.activeElement.id") == "list"


def test_an_item_that_breaks_the_contract_is_refused_with_its_place(stage: Stage) -> None:
    stage.add("Ada")
    page = stage.opened("state")
    page.click("#state tbody tr", "Ada")
    page.write(".editor textarea.code", '{"id": 2, "name": "far too long a name"}')
    page.click(".editor .main", "Save")
    assert page.text(".errors .place") == "/name"
    page.click(".errors .place")
    selected = "(({value, selectionStart: a, selectionEnd: b}) => value.slice(a, b))"
    assert (
        page.value(f"{selected}(document.querySelector('.editor textarea.code'))") == '"far too long a name"'
    )


def test_an_item_is_changed_added_and_deleted(stage: Stage) -> None:
    page = stage.opened("state")
    page.click("#state tbody tr", "Ada")
    page.write(".editor textarea.code", '{"id": 1, "name": "Bo"}')
    page.click(".editor .main", "Save")
    page.until("document.querySelector('#state tbody').innerText.includes('Bo')")
    page.click("#state button", "Add")
    page.write(".editor textarea.code", '{"id": 9007199254740993, "name": "Cy"}')
    page.click(".editor .main", "Save")
    page.until(f"{count_of('#state tbody tr')} === 2")
    assert [pet["id"] for pet in stage.client.get("/pets").json()] == [1, 9007199254740993]
    page.click("#state tbody tr", "Bo")
    page.click(".editor button", "Delete")
    page.click(".editor button", "sure?")
    page.until(f"{count_of('#state tbody tr')} === 1")


def test_a_snapshot_brings_back_what_there_was(stage: Stage) -> None:
    page = stage.opened("state")
    page.until("document.querySelector('#state tbody tr')")
    page.write(".saving input", "first")
    page.click(".saving button")
    page.until("document.querySelector('.snapshots li')")
    stage.add("Bo")
    page.click("#state button", "Reload")
    page.until(f"{count_of('#state tbody tr')} === 2")
    page.click(".snapshots button", "Restore")
    page.until(f"{count_of('#state tbody tr')} === 1")


def test_an_operation_is_answered_to_order_once(stage: Stage) -> None:
    page = stage.opened("overrides")
    page.until("document.querySelector('.order select').options.length === 3")
    page.write(".order select", "createPet")
    page.click(".chip", "409")
    page.click(".order .main", "Order")
    page.until("document.querySelector('.ordered .status')")
    assert [stage.add("Ada").status_code for _ in range(2)] == [409, 201]


def test_a_fault_is_ordered_for_an_operation_and_switched_off_by_keyboard(stage: Stage) -> None:
    page = stage.opened("faults")
    page.until(
        "document.querySelector('#faults select[aria-label=\"Operation that suffers\"]').options.length === 4"
    )
    page.write("#faults select[aria-label='Operation that suffers']", "createPet")
    page.click("#faults .chip", "reset")
    page.click("#faults .main", "Order")
    page.until("document.querySelector('#faults [role=switch]').checked")
    with pytest.raises(httpx.ReadError):
        stage.add("Ada")
    page.value("document.querySelector('#faults [role=switch]').focus()")
    page.press("Enter")
    page.until("document.querySelector('#faults li').innerText.includes('suffered by 1')")
    page.until("!document.querySelector('#faults [role=switch]').checked")
    assert page.value("document.activeElement.getAttribute('aria-label')") == "reset of createPet"
    assert stage.add("Ada").status_code == 201


def test_a_fault_of_all_operations_in_all_worlds_shows_among_the_exchanges(stage: Stage) -> None:
    page = stage.opened("faults")
    page.write("#faults select[aria-label='Where']", "all")
    for member in ("status=5XX", "delay=100ms..2s", "delay=lognormal(200ms 1s)", "drop", "status=5XX"):
        page.click("#faults .chip", member)
    fault = "document.querySelector('#faults input[aria-label=Fault]').value"
    assert page.value(fault) == "delay=lognormal(200ms 1s); drop"
    page.write("#faults input[aria-label=Fault]", "delay=1ms; truncate=1B")
    page.click("#faults .main", "Order")
    page.until("document.querySelector('#faults [aria-label=\"Faults of all worlds\"] [role=switch]')")
    with pytest.raises(httpx.RemoteProtocolError):
        stage.client.get("/pets", headers={"x-accord-world": "mine"})
    page.click("#tab-exchanges")
    page.until(
        f"document.querySelector('{ROWS} .reason').innerText.startsWith('fault: delay=1ms; truncate=1B')"
    )
    page.click(ROWS)
    assert "fault: delay=1ms; truncate=1B" in page.text("#detail .facts")


SCENARIOS = """\
no pet fits:
  title: Creating fails
  rules: [{when: {operation: createPet}, respond: {status: 409}}]
it closes:
  description: After the first pet there is none.
  rules:
    - {when: {operation: createPet, step: start}, respond: {}, then: closed}
    - {when: {operation: listPets, step: closed}, respond: {body: []}}
"""


def test_a_scenario_is_turned_on_and_off_by_keyboard(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "all.yaml").write_text(SCENARIOS)
    stage.mock.scenarios = read_scenarios(stage.mock, [read_data(str(tmp_path / "all.yaml"))]).by_name
    page = stage.opened("scenarios")
    page.until(f"{count_of('#scenarios [role=switch]')} === 2")
    page.value("document.querySelector('#scenarios [role=switch]').focus()")
    page.press("Enter")
    page.until("document.querySelector('#scenarios [role=switch]').checked")
    assert page.value("document.activeElement.getAttribute('aria-label')") == "no pet fits"
    assert stage.add("Ada").status_code == 409
    page.click("#scenarios button", "Reload")
    page.until("document.querySelector('#scenarios li').innerText.includes('createPet: 409 1 given')")
    page.click("#scenarios button", "Turn all off")
    page.until("!document.querySelector('#scenarios [role=switch]').checked")
    assert stage.add("Ada").status_code == 201


def test_a_scenario_shows_its_step_and_takes_another(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "all.yaml").write_text(SCENARIOS)
    stage.mock.scenarios = read_scenarios(stage.mock, [read_data(str(tmp_path / "all.yaml"))]).by_name
    page = stage.opened("scenarios")
    page.write("#scenarios [type=search]", "closes")
    page.until(f"{count_of('#scenarios [role=switch]')} === 1")
    page.click("#scenarios [role=switch]")
    page.until("document.querySelector('#scenarios li select')")
    page.write("#scenarios li select", "closed")
    page.until("document.querySelector('#scenarios li select').value === 'closed'")
    assert stage.client.get("/pets").json() == []
    page.click("#scenarios button", "Begin anew")
    page.until("document.querySelector('#scenarios li select').value === 'start'")
    page.click("#tab-exchanges")
    page.click(ROWS)
    assert "scenario it closes" in page.text("#detail .facts")


def test_faults_are_all_switched_off_and_cleared(stage: Stage) -> None:
    for place in ("faults", "worlds/default/faults"):
        stage.client.post(f"/_accord/{place}", json={"fault": "reset"})
    page = stage.opened("faults")
    page.until(f"{count_of('#faults [role=switch]:checked')} === 2")
    page.click("#faults button", "Switch all off")
    page.until(f"{count_of('#faults [role=switch]:not(:checked)')} === 2")
    assert stage.client.get("/pets").status_code == 200
    page.click("#faults button", "Clear all")
    page.until(f"{count_of('#faults [role=switch]')} === 0")


def test_a_fault_that_cannot_be_read_is_refused_with_what_would_do(stage: Stage) -> None:
    page = stage.opened("faults")
    page.write("#faults input[aria-label=Fault]", "rest")
    page.click("#faults .main", "Order")
    assert "did you mean 'reset'?" in page.text("#faults .errors li")


def test_the_page_is_dark_where_it_is_asked_to_be(stage: Stage) -> None:
    page = stage.opened()
    colour = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
    light = page.value(colour)
    page.scheme("dark")
    dark = page.value(colour)
    assert min(light) > 200
    assert max(dark) < 60


def test_ten_thousand_exchanges_keep_the_page_small_and_its_scrolling_quick(stage: Stage) -> None:
    answer = Response(200, ((b"content-type", b"application/json"),), b"[]", "listPets")
    for number in range(MOST):
        request = Request("GET", f"/pets/{number}", b"", (), b"")
        stage.records.add("", Exchange(time.time(), 0.001, request, answer))
    page = stage.opened()
    page.until("document.querySelector('#count').value === '10000'")
    scrolled = """new Promise((done) => {
      const list = document.querySelector('#list'), started = performance.now();
      let step = 0, most = 0;
      const scroll = () => {
        most = Math.max(most, document.querySelectorAll('*').length);
        list.scrollTop = (list.scrollHeight * ++step) / 100;
        if (step < 100) requestAnimationFrame(scroll);
        else done([most, performance.now() - started]);
      };
      scroll();
    })"""
    elements, milliseconds = page.value(scrolled)
    assert elements < 1500
    assert milliseconds < 10_000
    page.until(f"[...document.querySelectorAll('{ROWS}')].some((row) => row.innerText.includes('/pets/0'))")


def test_exchanges_of_several_workers_come_in_the_order_of_their_answers(
    browser: Page, tmp_path: Path
) -> None:
    (tmp_path / "pets.yaml").write_text(CONTRACT)
    with RunningMock.start(tmp_path / "pets.yaml", workers=2, folder=tmp_path) as mock:
        browser.open(f"{mock.url}/_accord/#exchanges")
        browser.until("document.querySelector('#connection').dataset.state === 'live'")
        for number in range(8):  # each on a connection of its own, which either may take
            httpx.get(f"{mock.url}/pets", params={"n": number}, timeout=60).raise_for_status()
        browser.until("document.querySelector('#count').value === '8'")
        shown = browser.value(f"[...document.querySelectorAll('{ROWS}')].map((row) => row.innerText)")
        browser.open("about:blank")
    assert [text.partition("?n=")[2][:1] for text in shown] == [str(number) for number in range(7, -1, -1)]
