"""`maps`: the feature maps of one layer for one image, as PNG."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from engine.cli import screen
from engine.cli.options import RunName, WeightsName
from engine.cli.projects import Project
from engine.cli.session import Session
from engine.inspection.results import ImageFile, Inspection
from engine.report import png
from engine.report.map_sheet import map_sheet, maps_of
from engine.report.shading import Shading
from engine.service.inspection import Inspect
from engine.storage import make_folder

_SIDE = 256


def maps(
    project: Path,
    image: Path,
    /,
    *,
    layer: Annotated[str, Parameter(name="--layer")],
    out: Annotated[Path, Parameter(name="--out")],
    run: RunName = "",
    weights: WeightsName = "best",
) -> None:
    """Write what a layer makes of an image: a PNG for every map, and one with all of them.

    Args:
        project: The project.
        image: The image.
        layer: The layer's id, such as layer_002; main.py info lists them.
        out: The folder for the pictures; it is made where it is not there.
        run: The run; the newest one with weights where nothing is said.
        weights: Those after the best epoch, or the last ones.
    """
    opened = Project.open(project)
    trained = opened.trained(run, weights)
    with Session() as session:
        found: Inspection = session.run(Inspect(trained, ImageFile(image), (layer,), 1))
    values = found.maps[layer]
    pictures, shading = maps_of(values), Shading.of(values)
    name = layer.replace("/", ".")
    digits = max(3, len(str(len(pictures) - 1)))
    places = [out / f"{name}-{number:0{digits}d}.png" for number in range(len(pictures))]
    grid = out / f"{name}-grid.png"
    for place in (*places, grid):
        png.refuse_foreign(place)
    make_folder(out)
    for place, one in zip(places, pictures, strict=True):
        png.save(place, shading.picture(one, _SIDE))
    answer = found.top[0]
    title = f"{layer} of {found.trained.run} for {screen.plain(found.name)}"
    png.save(grid, map_sheet(title, values))
    screen.say(f"{found.name}: {answer.class_name}, {screen.percent(answer.probability)}")
    count = "1 map" if len(pictures) == 1 else f"{len(pictures):,} maps"
    screen.say(f"Wrote {count} of {layer} into {out}, and all of them in {grid.name}.")
