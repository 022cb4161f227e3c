"""Lists that count with typed numbers: a new item takes a number that nothing else has."""

from cxify.document import Block
from cxify.writers.library.joining import following_number
from cxify.writers.library.scene import Scene


def end_of_count(scene: Scene, block: Block) -> Block:
    """Return the last of the items that go on counting from a block, also below other headings."""
    last, counted = block, False
    for later in scene.blocks:
        counted = counted or later.id == block.id
        number = following_number(last.text).strip() if counted else ""
        if number and later.type != "heading" and not later.closed and later.text.strip().startswith(number):
            last = later
    return last
