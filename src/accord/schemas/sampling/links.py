"""Addresses on the web and in the mail, under example.com, and slugs; they agree with names beside them."""

from accord.schemas.sampling.names import plural, words_of
from accord.schemas.sampling.naming import is_company, named_beside
from accord.schemas.sampling.prose import title, word_of
from accord.schemas.sampling.scenes import plain
from accord.schemas.sampling.told import Told

_PICTURES = words_of(
    "artwork avatar banner cover icon image images logo photo picture poster preview thumb thumbnail"
)
_SITES = words_of("website homepage site home blog")
_HOOKS = words_of("webhook callback hook notification")
_FILES = words_of("download file attachment export archive pdf")
_RETURNS = words_of("redirect return success cancel")
# The names of addresses that are of the object itself; any other is of something that belongs to it.
_OWN = words_of(
    "url uri href link self html_url permalink location endpoint resource_url canonical_url "
    "permalink_url web_url page_url source_url urls uris links self_url api_url"
)
_SHORTEST_WORD = 3


def email(told: Told, role: str) -> str:
    """The address of the person or company that is meant."""
    if role in ("", "contact", "billing", "support", "business") and is_company(told):
        return f"{role if role in ('billing', 'support') else 'info'}@{host(told, role)}"
    return told.person(role).email


def host(told: Told, role: str) -> str:
    """The name of somebody's server."""
    is_of_company = is_company(told) or role in ("company", "organization")
    whose = plain(told.company(), "-") if is_of_company else plain(told.person().last)
    return f"{whose or 'www'}.example.com"


def site(told: Told, role: str) -> str:
    """The address of somebody's web site."""
    return f"https://{host(told, role)}"


def slug(told: Told, _: str = "") -> str:
    """Small words with hyphens: those of the title or name beside it, where the object has one."""
    around = told.place.parent
    if around is None or not around.members:
        return plain(word_of(told), "-") or "page"
    if "title" in around.members:
        dice = told.scene.dice(f"{around.path}/title")
        return plain(title(told.called("title", dice)), "-") or "page"
    name = named_beside(told)
    return plain(name.rpartition(".")[0] or name, "-") or "page"


def url(told: Told, _: str = "") -> str:
    """The address of a picture, a site, a file, or of a thing of the kind that the object is."""
    words = set(told.name.split("_"))
    around = {word for thing in told.things[:1] for word in thing.split("_")}
    if words & _PICTURES or (around & _PICTURES and told.name in _OWN):
        kind = "avatars" if "avatar" in words else "images"
        return f"https://example.com/{kind}/{slug(told)}.{'svg' if 'logo' in words else 'png'}"
    if words & _SITES:
        return site(told, "")
    if words & _HOOKS:
        return f"https://hooks.example.com/{slug(told)}"
    if words & _FILES:
        return f"https://example.com/files/{slug(told)}.{'zip' if 'archive' in words else 'pdf'}"
    if words & _RETURNS:
        return f"https://app.example.com/{'cancel' if 'cancel' in words else 'callback'}"
    return _of_thing(told)


def _of_thing(told: Told) -> str:
    things = [thing.rpartition("_")[2] for thing in told.things]
    kind = plural(things[0]) if things and len(things[0]) >= _SHORTEST_WORD else "pages"
    part = told.name.removesuffix("_url").removesuffix("_uri")
    tail = "" if told.name in _OWN else f"/{plain(part, '-')}"
    return f"https://{'api.' if 'api' in told.name.split('_') else ''}example.com/{kind}/{slug(told)}{tail}"
