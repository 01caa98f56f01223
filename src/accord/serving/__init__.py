"""Serving a contract: Connexion's routing and security, accord's validation, thin typed handlers."""

from accord.serving.refusals import Forbidden, Refusal, TooManyRequests, Unauthenticated
from accord.serving.service import Authenticator, ErrorStatus, Lifespan, Limiter, Service

__all__ = [
    "Authenticator",
    "ErrorStatus",
    "Forbidden",
    "Lifespan",
    "Limiter",
    "Refusal",
    "Service",
    "TooManyRequests",
    "Unauthenticated",
]
