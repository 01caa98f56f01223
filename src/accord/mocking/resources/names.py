"""Words: names brought to one form, the singular of a plural, and what names in paths and schemas tell."""

from collections.abc import Mapping

from accord.schemas.sampling.names import snake

__all__ = ["base_of", "key_words", "singular", "snake"]

_IRREGULAR: Mapping[str, str] = {
    "people": "person", "children": "child", "indices": "index", "indexes": "index", "vertices": "vertex",
    "matrices": "matrix", "data": "data", "media": "media", "series": "series", "news": "news",
    "caches": "cache", "aliases": "alias", "biases": "bias", "canvases": "canvas", "lenses": "lens",
    "movies": "movie", "cookies": "cookie", "analyses": "analysis", "axes": "axis", "https": "https",
    "kubernetes": "kubernetes", "dns": "dns", "sms": "sms", "aws": "aws", "quizzes": "quiz", "gps": "gps",
    "apis": "api", "menus": "menu", "analytics": "analytics", "ios": "ios", "macos": "macos", "os": "os",
    "emojis": "emoji", "saas": "saas", "nfs": "nfs",
}  # fmt: skip
_SHORT_IES, _SHORTEST = 4, 2  # "ties", "os": what is cut of these is too much
_KEEP = ("ss", "us", "is")
_KEYS = (
    "id",
    "uuid",
    "guid",
    "uid",
    "sid",
    "slug",
    "number",
    "name",
    "key",
    "code",
    "handle",
    "login",
    "ref",
    "identifier",
)
_DROPPED_ES = ("sses", "shes", "ches", "xes", "zzes")


def singular(word: str) -> str:
    """The singular of an English word in small letters; what is none already stays."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > _SHORT_IES:
        return f"{word[:-3]}y"
    if word.endswith(_DROPPED_ES) or (word.endswith("uses") and word[-5:-4] not in ("a", "o")):
        return word[:-2]
    if word.endswith("s") and len(word) > _SHORTEST and not word.endswith(_KEEP):
        return word[:-1]
    return word


def base_of(name: str) -> str:
    """A name in small letters with underscores, its last word in the singular: `ApiTokens` is `api_token`."""
    head, joint, last = snake(name).rpartition("_")
    return f"{head}{joint}{singular(last)}"


def key_words(name: str) -> tuple[str, str]:
    """What a name says of whom and which key it is: `petId` is (`pet`, `id`); (`owner`, ``) without a key."""
    text = snake(name)
    for key in _KEYS:
        if text == key:
            return "", key
        if text.endswith(f"_{key}"):
            return text[: -len(key) - 1], key
    for key in ("uuid", "id"):
        if (
            text.endswith(key)
            and len(text) > len(key) + 2
            and not text.endswith(("grid", "paid", "valid", "bid"))
        ):
            return text[: -len(key)], key
    return text, ""
