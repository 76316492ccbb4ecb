"""The picture of a network: its volumes to scale, with kernels, sizes and blocks, as a list of plain shapes.

Nothing here draws: `draw` gives a `Scene`, which `to_svg` writes as text and the window paints.
"""

from engine.picture.drawing import draw
from engine.picture.look import Look
from engine.picture.shapes import Scene
from engine.picture.svg import to_svg

__all__ = ["Look", "Scene", "draw", "to_svg"]
