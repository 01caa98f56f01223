"""Webhooks, called when somebody asks for it."""

from collections.abc import Mapping

from accord.mocking.control.asked import Answer, Answering, Asked
from accord.mocking.model import ROOT, Response
from accord.mocking.webhooks import list_webhooks, order_webhook, report


def _list(asked: Asked) -> Response:
    return list_webhooks(asked.mock, f"{ROOT}/webhooks")


async def _fire(asked: Asked) -> Answer:
    ordered = order_webhook(asked.mock, asked.path("webhook"), asked.request)
    if isinstance(ordered, Response):
        return ordered
    return report(await asked.running.dispatcher.send(asked.mock, ordered))


OPERATIONS: Mapping[str, Answering] = {"listWebhooks": _list, "fireWebhook": _fire}
