"""The roots of samples, with all that was found of the places below them: of those that are used."""

from dataclasses import dataclass, field

from accord.schemas.sampling.places import Place
from accord.schemas.sampling.views import View


@dataclass(eq=False)
class Root:
    """Where samples of one schema begin: its view, and the place of the whole value."""

    pointer: str
    view: View
    place: Place
    weight: int = 0
    """How many values its largest sample has."""


@dataclass(eq=False)
class Roots:
    """Roots by the pointers of their schemas, as long as there is room for what hangs on them.

    Those go first that were not used for longest.
    """

    room: int
    _kept: dict[str, Root] = field(default_factory=dict, init=False, repr=False)
    _weight: int = field(default=0, init=False, repr=False)

    def get(self, pointer: str) -> Root | None:
        """The root of a schema, if it was kept; it is then the one that was used last."""
        root = self._kept.pop(pointer, None)
        return self.keep(root) if root is not None else None

    def keep(self, root: Root) -> Root:
        """The root, which is kept from now on."""
        self._kept[root.pointer] = root
        return root

    def weigh(self, root: Root, values: int) -> None:
        """Makes room, once a sample of so many values was made from a root."""
        if self._kept.get(root.pointer) is not root:
            return
        self._weight += max(0, values - root.weight)
        root.weight = max(root.weight, values)
        while self._weight > self.room and len(self._kept) > 1:
            oldest = next(iter(self._kept))
            self._weight -= self._kept.pop(oldest).weight
