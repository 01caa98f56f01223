"""The faults: each as short as it can be said, and all of them added to `benchmarks.mutations.MUTATIONS`."""

import os
from dataclasses import replace
from typing import Any
from uuid import UUID

from benchmarks.mutations import (
    BOTH,
    COLLECTION,
    Answer,
    Ask,
    Asked,
    answers,
    patches,
    problem,
    requests,
    wire,
)

_ITEMS = "create get list update delete"

# Statuses and what comes with them.


@answers("what is created is answered with 201, which is not documented", "create", sides=BOTH)
def created_as_201(_: Asked, answer: Answer) -> None:
    answer.status = 201


@answers("what is not there is answered with 410")
def missing_as_410(_: Asked, answer: Answer) -> None:
    answer.status = 410 if answer.status == 404 else answer.status


@answers("a method that the path does not have is answered with 404")
def unknown_method_as_404(_: Asked, answer: Answer) -> None:
    if answer.status == 405:
        replacement = problem(404, "Not Found")
        answer.status, answer.body = replacement.status, replacement.body


@answers("405 comes without Allow")
def no_allow(_: Asked, answer: Answer) -> None:
    if answer.status == 405:
        answer.headers.pop(b"allow", None)


@answers("Allow names the first method alone", sides=BOTH)
def allow_names_one(_: Asked, answer: Answer) -> None:
    if b"allow" in answer.headers:
        answer.headers[b"allow"] = answer.headers[b"allow"].partition(b",")[0]


@wire("OPTIONS is answered with an Allow of methods that there are not")
async def options_allows_all(asked: Asked, ask: Ask) -> Answer:
    answer = await ask(asked)
    if asked.method == "OPTIONS":
        answer.headers[b"allow"] = b"GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"
    return answer


@wire("PATCH, which is not in the contract, does what PUT does")
async def patch_as_put(asked: Asked, ask: Ask) -> Answer:
    asked.method = "PUT" if asked.method == "PATCH" else asked.method
    return await ask(asked)


@wire("HEAD, which is not in the contract, is answered with 200")
async def head_is_answered(asked: Asked, ask: Ask) -> Answer:
    answer = await ask(asked)
    return replace(answer, status=200) if asked.method == "HEAD" and answer.status == 405 else answer


@answers("401 comes without WWW-Authenticate")
def no_challenge(_: Asked, answer: Answer) -> None:
    if answer.status == 401:
        answer.headers.pop(b"www-authenticate", None)


@answers("X-Request-Id is missing", _ITEMS, sides=BOTH)
def no_request_id(_: Asked, answer: Answer) -> None:
    answer.headers.pop(b"x-request-id", None)


@answers("X-Request-Id is longer than the contract has it")
def long_request_id(_: Asked, answer: Answer) -> None:
    answer.headers[b"x-request-id"] = b"x" * 200


@answers("a header comes that is not documented", _ITEMS)
def undocumented_header(_: Asked, answer: Answer) -> None:
    answer.headers[b"x-total-count"] = b"1"


@answers("429 comes without Retry-After")
def no_retry_after(_: Asked, answer: Answer) -> None:
    if answer.status == 429:
        answer.headers.pop(b"retry-after", None)


# Media types and bodies.


@answers("a success comes as text/html", "get")
def success_as_html(_: Asked, answer: Answer) -> None:
    answer.headers[b"content-type"] = b"text/html"


@answers("errors come as application/json", sides=BOTH)
def errors_as_json(_: Asked, answer: Answer) -> None:
    if answer.status >= 400:
        answer.headers[b"content-type"] = b"application/json"


@answers("answers come without Content-Type", "list")
def no_content_type(_: Asked, answer: Answer) -> None:
    answer.headers.pop(b"content-type", None)


@answers("404 has no body")
def empty_404(_: Asked, answer: Answer) -> None:
    answer.body = b"" if answer.status == 404 else answer.body


@answers("problems have no title")
def untitled_problems(_: Asked, answer: Answer) -> None:
    if answer.status >= 400 and answer.body:
        answer.json = {key: value for key, value in answer.json.items() if key != "title"}


@answers("the status of a problem is a text")
def status_as_text(_: Asked, answer: Answer) -> None:
    if answer.status >= 400 and answer.body:
        answer.json = answer.json | {"status": str(answer.status)}


@answers("a required field is missing", "get", sides=BOTH)
def missing_field(_: Asked, answer: Answer) -> None:
    answer.change_items(lambda item: item.pop("org_id"))


@answers("a field is missing in lists alone", "list")
def missing_in_lists(_: Asked, answer: Answer) -> None:
    answer.change_items(lambda item: item.pop("attributes"))


@answers("a flag is a text", "list")
def flag_as_text(_: Asked, answer: Answer) -> None:
    answer.change_items(lambda item: item.update(voice=str(item["voice"])))


@answers("a field is null that may not be", "update")
def null_attributes(_: Asked, answer: Answer) -> None:
    answer.change_items(lambda item: item.update(attributes=item["attributes"] or None))


@answers("ids are UUIDs without hyphens", "get list", sides=BOTH)
def ids_without_hyphens(_: Asked, answer: Answer) -> None:
    answer.change_items(lambda item: item.update(id=item["id"].replace("-", "")))


@answers("a text is there that the enumeration has not", "list")
def unlisted_value(_: Asked, answer: Answer) -> None:
    answer.change_items(lambda item: item.update(assistant_type=(item["assistant_type"] or "None").upper()))


@answers("a field with a secret is shown", "get")
def secret_shown(_: Asked, answer: Answer) -> None:
    answer.change_items(lambda item: item.update(api_key_digest="9f86d081"))


@answers("an empty list is null", "list")
def null_for_no_items(_: Asked, answer: Answer) -> None:
    value = answer.json
    value["data"]["items"] = value["data"]["items"] or None
    answer.json = value


@answers("what was removed is not given back", "delete")
def delete_gives_nothing(_: Asked, answer: Answer) -> None:
    answer.json = answer.json | {"data": None}


# What is asked.


@wire("a query that is not ASCII is answered with 500", sides=BOTH)
async def fails_on_odd_query(asked: Asked, ask: Ask) -> Answer:
    odd = any(not value.isascii() for value in asked.query.values())
    return problem(500, "Internal Server Error") if odd else await ask(asked)


@wire("a body that is not JSON is answered with 500")
async def fails_on_malformed(asked: Asked, ask: Ask) -> Answer:
    odd = asked.operation in ("create", "update") and asked.json is None
    return problem(500, "Internal Server Error") if odd else await ask(asked)


@wire("a name with a letter beyond the basic plane is answered with 500")
async def fails_on_emoji(asked: Asked, ask: Ask) -> Answer:
    name = asked.json.get("name") if isinstance(asked.json, dict) else ""
    odd = isinstance(name, str) and any(ord(letter) > 0xFFFF for letter in name)
    return problem(500, "Internal Server Error") if odd else await ask(asked)


@wire("a body that breaks its schema is answered with 200")
async def takes_wrong_bodies(asked: Asked, ask: Ask) -> Answer:
    answer = await ask(asked)
    if answer.status == 422 and asked.operation == "create":
        asked.body = b'{"assistant_type": null, "llm_model": null}'
        return await ask(asked)
    return answer


@requests("texts are taken for flags", "create update")
def takes_texts_for_flags(asked: Asked) -> None:
    if isinstance(asked.json, dict) and isinstance(asked.json.get("voice"), str):
        _send(asked, asked.json | {"voice": True})


@requests("unknown fields of a body are passed over", "create update", sides=BOTH)
def takes_unknown_fields(asked: Asked) -> None:
    if isinstance(asked.json, dict):
        known = ("assistant_type", "llm_model", "name", "description", "attributes", "system_prompt", "voice",
                 "custom_voice", "voice_languages", "org_id", "show_images", "hide_ds", "webhook_id",
                 "has_human_agent", "use_tools", "conversation_flow_id")  # fmt: skip
        _send(asked, {key: value for key, value in asked.json.items() if key in known})


@requests("required fields may be left out", "create")
def requires_nothing(asked: Asked) -> None:
    if isinstance(asked.json, dict):
        _send(asked, {"assistant_type": None, "llm_model": None} | asked.json)


@requests("a size over 100 is taken for 100", "list")
def takes_any_size(asked: Asked) -> None:
    size = asked.query.get("size", "")
    if size.isascii() and size.isdecimal() and int(size[:9]) > 100:
        asked.query = asked.query | {"size": "100"}


@requests("an id that is no UUID is looked for all the same", "get")
def takes_any_id(asked: Asked) -> None:
    try:
        UUID(asked.path.rpartition("/")[2])
    except ValueError:
        asked.path = f"{COLLECTION}/00000000-0000-4000-8000-000000000000"


@requests("bodies of any media type are read as JSON", "create update")
def takes_any_media_type(asked: Asked) -> None:
    if b"content-type" in asked.headers:
        asked.headers[b"content-type"] = b"application/json"


@requests("Accept is passed over")
def passes_over_accept(asked: Asked) -> None:
    asked.headers.pop(b"accept", None)


@requests("no key is needed to read the list", "list", sides=BOTH)
def list_is_open(asked: Asked) -> None:
    asked.query = asked.query | {"api_key": os.environ["ACCORD_AUTH_APIKEY"]}


@requests("any key is taken that there is", _ITEMS, sides=BOTH)
def any_key_is_taken(asked: Asked) -> None:
    if asked.query.get("api_key"):
        asked.query = asked.query | {"api_key": os.environ["ACCORD_AUTH_APIKEY"]}


def _send(asked: Asked, value: Any) -> None:
    answer = Answer(0, {}, b"")
    answer.json = value
    asked.body = answer.body


# Lists.


@requests("page is ignored", "list", sides=BOTH)
def page_ignored(asked: Asked) -> None:
    if asked.query.get("page", "").isdecimal() and 0 < int(asked.query["page"][:12]) < 2**31:
        asked.query = {key: value for key, value in asked.query.items() if key != "page"}


@requests("size is ignored", "list")
def size_ignored(asked: Asked) -> None:
    if asked.query.get("size", "").isdecimal() and 0 < int(asked.query["size"][:9]) <= 100:
        asked.query = {key: value for key, value in asked.query.items() if key != "size"}


def _change_page(answer: Answer, **figures: Any) -> None:
    value = answer.json
    value["data"] |= figures
    answer.json = value


@answers("total counts the items of the page", "list", sides=BOTH)
def total_of_the_page(_: Asked, answer: Answer) -> None:
    _change_page(answer, total=len(answer.items))


@answers("total is one too many", "list")
def total_one_too_many(_: Asked, answer: Answer) -> None:
    _change_page(answer, total=answer.json["data"]["total"] + 1)


@answers("a last page that is not full is not counted", "list")
def pages_rounded_down(_: Asked, answer: Answer) -> None:
    page = answer.json["data"]
    _change_page(answer, pages=page["total"] // page["size"])


@answers("pages are counted from 0", "list")
def pages_from_0(_: Asked, answer: Answer) -> None:
    _change_page(answer, page=answer.json["data"]["page"] - 1)


@wire("a page after the last one is 404")
async def no_page_after_the_last(asked: Asked, ask: Ask) -> Answer:
    answer = await ask(asked)
    if asked.operation == "list" and answer.status == 200 and not answer.items:
        return problem(404, "Not Found")
    return answer


@answers("the newest comes first", "list", sides=BOTH)
def newest_first(_: Asked, answer: Answer) -> None:
    _change_page(answer, items=answer.items[::-1])


@answers("the last item of a full page is left out", "list")
def last_left_out(_: Asked, answer: Answer) -> None:
    _change_page(answer, items=answer.items[:-1])


# What is stored.


@wire("what was read once is read so for ever", sides=BOTH)
async def stale_reads(asked: Asked, ask: Ask) -> Answer:
    if asked.operation != "get":
        return await ask(asked)
    known = _SEEN.get((asked.path, *sorted(asked.query.items())))
    answer = known or await ask(asked)
    if answer.status == 200:
        _SEEN[(asked.path, *sorted(asked.query.items()))] = answer
    return replace(answer, headers=dict(answer.headers))


_SEEN: dict[Any, Answer] = {}


@wire("what was removed stays")
async def delete_does_nothing(asked: Asked, ask: Ask) -> Answer:
    if asked.operation != "delete":
        return await ask(asked)
    asked.method = "GET"
    return await ask(asked)


@wire("what is removed once more is answered with 200")
async def delete_is_repeated(asked: Asked, ask: Ask) -> Answer:
    answer = await ask(asked)
    if asked.operation == "delete" and answer.status == 200:
        _GONE[asked.path] = answer
    if asked.operation == "delete" and answer.status == 404 and asked.path in _GONE:
        return _GONE[asked.path]
    return answer


_GONE: dict[str, Answer] = {}


@wire("what is created is not stored")
async def create_stores_nothing(asked: Asked, ask: Ask) -> Answer:
    answer = await ask(asked)
    if asked.operation == "create" and answer.status == 200:
        item = f"{COLLECTION}/{answer.items[0]['id']}"
        await ask(Asked("DELETE", item, asked.query, {}, b""))
    return answer


@wire("an id is given again after its assistant was removed")
async def id_given_again(asked: Asked, ask: Ask) -> Answer:
    first = asked.path.rpartition("/")[2]
    asked.path = f"{COLLECTION}/{_NAMED[first]}" if first in _NAMED else asked.path
    answer = await ask(asked)
    if asked.operation == "delete" and answer.status == 200:
        _FREE.append(first)
    if asked.operation == "create" and answer.status == 200 and _FREE:
        _NAMED[_FREE[-1]] = answer.items[0]["id"]
        answer.change_items(lambda item: item.update(id=_FREE.pop()))
    return answer


_NAMED: dict[str, str] = {}
_FREE: list[str] = []


@wire("a change is answered and not stored")
async def update_stores_nothing(asked: Asked, ask: Ask) -> Answer:
    if asked.operation != "update":
        return await ask(asked)
    before = await ask(replace(asked, method="GET", body=b"", headers={}))
    answer = await ask(asked)
    if answer.status == 200 and before.status == 200:
        old = {key: value for key, value in before.items[0].items() if key != "id"}
        _send(asked, old)
        await ask(asked)
    return answer


@wire("a change is answered with what was before", sides=BOTH)
async def update_gives_the_old(asked: Asked, ask: Ask) -> Answer:
    if asked.operation != "update":
        return await ask(asked)
    before = await ask(replace(asked, method="GET", body=b"", headers={}))
    answer = await ask(asked)
    if answer.status == 200 and before.status == 200:
        answer.change_items(lambda item: item.update(before.items[0]))
    return answer


@requests("a field that a change leaves out becomes null", "update", sides=BOTH)
def left_out_becomes_null(asked: Asked) -> None:
    if isinstance(asked.json, dict):
        _send(asked, {"name": None, "voice": None, "system_prompt": None} | asked.json)


@requests("a null in a change is passed over", "update")
def null_passed_over(asked: Asked) -> None:
    if isinstance(asked.json, dict):
        nullable = ("attributes", "voice_languages")
        _send(
            asked, {key: value for key, value in asked.json.items() if value is not None or key in nullable}
        )


@answers("a flag that was left out is null in place of its default", "create", sides=BOTH)
def default_not_applied(asked: Asked, answer: Answer) -> None:
    if "voice" not in asked.json:
        answer.change_items(lambda item: item.update(voice=None))


@requests("texts are cut after 40 letters", "create update")
def texts_cut(asked: Asked) -> None:
    if isinstance(asked.json, dict) and isinstance(asked.json.get("name"), str):
        _send(asked, asked.json | {"name": asked.json["name"][:40]})


@patches("two changes of different fields at once: the later one undoes the earlier")
def lost_update() -> None:
    from store.assistants import OrganisationAssistants  # noqa: PLC0415

    write = OrganisationAssistants.update

    async def update(self: Any, assistant_id: UUID, values: Any) -> Any:
        self._check(values)
        now = await self.get(assistant_id)
        fields = {name: getattr(now, name) for name in now.__slots__ if name not in ("id", "org_id")}
        return await write(self, assistant_id, fields | dict(values))

    OrganisationAssistants.update = update  # type: ignore[method-assign]


@patches("the role of a key is not looked at")
def role_not_checked() -> None:
    from store import Role  # noqa: PLC0415

    Role.grants = property(lambda _: frozenset({"read", "full"}))  # type: ignore[method-assign, assignment]


@patches("what another organisation has is listed")
def foreign_listed() -> None:
    _list_as(lambda _: _every())


@patches("what another organisation has is read by its id")
def foreign_read() -> None:
    _read_as_anybody()


@patches("any organisation may be named in org_id")
def any_organisation() -> None:
    from store.assistants import OrganisationAssistants  # noqa: PLC0415

    OrganisationAssistants._check = lambda *_: None  # type: ignore[method-assign]  # noqa: SLF001


@patches("pages overlap by one item")
def pages_overlap() -> None:
    from store.assistants import OrganisationAssistants  # noqa: PLC0415

    listed = OrganisationAssistants.list_page

    async def list_page(self: Any, page: int, size: int) -> Any:
        found = await listed(self, page, size + 1)
        return replace(found, size=size)

    OrganisationAssistants.list_page = list_page  # type: ignore[method-assign]


@patches("a read finds another assistant than the one that was asked for")
def another_is_read() -> None:
    from store.assistants import OrganisationAssistants  # noqa: PLC0415

    got = OrganisationAssistants.get

    async def get(self: Any, assistant_id: UUID) -> Any:
        await got(self, assistant_id)
        return (await self.list_page(1, 1)).items[0]

    OrganisationAssistants.get = get  # type: ignore[method-assign]


def _every() -> Any:
    from sqlalchemy import true  # noqa: PLC0415

    return true()


def _list_as(rule: Any) -> None:
    import store.assistants as rows  # noqa: PLC0415

    mine = rows._MINE  # noqa: SLF001
    rows._MINE = rule(mine)  # noqa: SLF001
    rows._PAGE = rows._page()  # noqa: SLF001
    rows._MINE = mine  # noqa: SLF001


def _read_as_anybody() -> None:
    from sqlalchemy import bindparam, select  # noqa: PLC0415

    import store.assistants as rows  # noqa: PLC0415
    from store.tables import assistants  # noqa: PLC0415

    rows._ONE = select(*rows._COLUMNS).where(assistants.c.id == bindparam("wanted"))  # noqa: SLF001


def forget() -> None:
    """Forgets what the mutations above have seen, for an application that begins anew."""
    for seen in (_SEEN, _GONE, _NAMED):
        seen.clear()
    _FREE.clear()


# The mock's own state.


@patches("the mock: what was removed stays", "mock")
def mock_delete_does_nothing() -> None:
    from accord.mocking.state.keeper import Keeper  # noqa: PLC0415

    Keeper.remove = lambda *_: None  # type: ignore[method-assign]


@patches("the mock: pages begin one item too late", "mock")
def mock_pages_begin_late() -> None:
    from accord.mocking.state import listing  # noqa: PLC0415

    start = listing._start  # noqa: SLF001
    listing._start = lambda *given: start(*given) + 1  # noqa: SLF001


@patches("the mock: a change takes the place of all that was", "mock")
def mock_update_replaces() -> None:
    from accord.mocking.state import keeper  # noqa: PLC0415
    from accord.mocking.state.changing import changed  # noqa: PLC0415

    vars(keeper)["changed"] = lambda value, body, _, *rest: changed(value, body, "replace", *rest)
