"""Serving a contract: Connexion's routing and security, accord's validation, thin typed handlers."""

from accord.handling.refusals import Forbidden, Refusal, TooManyRequests, Unauthenticated
from accord.serving.application import BODY_LIMIT, Options, create_app, secrets_in
from accord.serving.journal import JournalHandler, RequestJournal
from accord.serving.service import Authenticator, ErrorStatus, Lifespan, Limiter, Service

__all__ = [
    "BODY_LIMIT",
    "Authenticator",
    "ErrorStatus",
    "Forbidden",
    "JournalHandler",
    "Lifespan",
    "Limiter",
    "Options",
    "Refusal",
    "RequestJournal",
    "Service",
    "TooManyRequests",
    "Unauthenticated",
    "create_app",
    "secrets_in",
]
