"""When this process looks for garbage: not while it loads what it keeps, and not when it ends.

What cxify works with holds no rings, so that almost all is freed at once, without a search. What a command loads are
some 200,000 objects that stay; going through them again and again takes a tenth of the time of a short command, and
once more at the end as much.
"""

import atexit
import gc
from typing import Final, Literal

_LOADED: Final = 200_000
"""As many objects no command makes before its work begins, and few documents need more."""


def look_late() -> None:
    """Look for garbage only when there are more objects than a command loads, then as usual among the new ones."""
    usual = gc.get_threshold()

    def loaded(phase: Literal["start", "stop"], _: dict[str, int]) -> None:
        if phase == "stop":
            gc.callbacks.remove(loaded)
            gc.set_threshold(*usual)
            gc.freeze()

    gc.callbacks.append(loaded)
    gc.set_threshold(_LOADED, *usual[1:])
    atexit.register(gc.freeze)
