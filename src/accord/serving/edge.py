"""The names of Connexion that are used, imported in one place.

Connexion 3.3 imports Starlette's test client, which warns of a dependency's change of name: no concern
of people who serve a contract.
"""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from connexion import AsyncApp
    from connexion.exceptions import OAuthProblem
    from connexion.middleware.abstract import (
        ROUTING_CONTEXT,
        AbstractRoutingAPI,
        RoutedAPI,
        RoutedMiddleware,
        SpecMiddleware,
    )
    from connexion.middleware.lifespan import LifespanMiddleware
    from connexion.middleware.security import SecurityOperation
    from connexion.operations import AbstractOperation
    from connexion.resolver import Resolver
    from connexion.security import NO_VALUE, AbstractSecurityHandler, SecurityHandlerFactory

__all__ = [
    "NO_VALUE",
    "ROUTING_CONTEXT",
    "AbstractOperation",
    "AbstractRoutingAPI",
    "AbstractSecurityHandler",
    "AsyncApp",
    "LifespanMiddleware",
    "OAuthProblem",
    "Resolver",
    "RoutedAPI",
    "RoutedMiddleware",
    "SecurityHandlerFactory",
    "SecurityOperation",
    "SpecMiddleware",
]
