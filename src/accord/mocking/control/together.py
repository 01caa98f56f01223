"""What is asked of worlds that processes share: they are loaded first, and what changed is committed."""

from collections.abc import Awaitable
from secrets import token_hex
from typing import TYPE_CHECKING

from accord.contract import Operation
from accord.mocking.control.asked import Answer, Answering, Asked
from accord.mocking.places import named

if TYPE_CHECKING:
    from accord.mocking.sharing.shared import Shared

_OF_WORLDS = "/worlds"


def is_of_worlds(operation: Operation) -> bool:
    """Is an operation of the interface about worlds, or what is in one?"""
    return operation.path.startswith(_OF_WORLDS)


async def answer_together(shared: "Shared", answering: Answering, asked: Asked) -> Answer | Awaitable[Answer]:
    """The answer, once the worlds that it is about are as all processes have them. Raises Unreached."""
    if ("path", "world") in asked.judged.parameters:
        name = named(asked.path("world"))
    elif asked.request.method == "GET":
        await shared.load_all(asked.now)
        return answering(asked)
    else:
        asked = _with_name(asked)
        name = named(asked.body["name"])
        if "copyOf" in asked.body:
            await shared.act(named(asked.body["copyOf"]), asked.now, lambda _: None, alone=True)
    keeps = asked.request.method != "GET"
    (answer,) = await shared.act(name, asked.now, lambda _: (answering(asked),), alone=True, keeps=keeps)
    return answer  # one that is still to be waited for keeps nobody else from the world


def _with_name(asked: Asked) -> Asked:
    """What was asked of a new world, which has a name: where it is to be committed has to be known before."""
    name = asked.body.get("name") or f"world-{token_hex(4)}"
    return asked._replace(judged=asked.judged._replace(body={**asked.body, "name": name}))
