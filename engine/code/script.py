"""The complete Keras script of a draft, which runs as it is; and the same as a Jupyter notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.code.augmenting import augmenting, changes_of, mixing_of
from engine.code.data import constant, data_sections, has_part
from engine.code.line_map import LineMap
from engine.code.section import KERAS, LAYERS, Section
from engine.code.stack import network_code
from engine.code.training import measuring, training
from engine.code.writing import comment
from engine.data.split import Part
from engine.images.preprocessing import Preprocessing
from engine.plan import Draft


@dataclass(frozen=True)
class Script:
    """A script.

    Attributes:
        title: What it does, in a sentence.
        sections: In order; the imports come first.
        text: All of it, as a `.py` file holds it.
        lines: Which line of `text` stands for which layer.
    """

    title: str
    sections: tuple[Section, ...]
    text: str
    lines: LineMap


def keras_script(
    draft: Draft, class_names: Sequence[str], folders: Sequence[str] = (), *, in_folders: bool = True
) -> Script:
    """The script that trains the draft's network with Keras alone.

    Args:
        draft: Whether its network has faults or not; with faults the script says so where it runs into them.
        class_names: The dataset's, in its order.
        folders: The source's folders for training, validation and test (`part_folders`), where it has them.
        in_folders: Whether the source's images lie in class folders (`in_class_folders`).

    Returns:
        A script that holds no project: without its comments it does the same.
    """
    height, width, channels = draft.network.input.shape
    usual = Preprocessing(height, width, "rgb" if channels == 3 else "grayscale")
    preprocessing = draft.preprocessing or usual
    validates = has_part(draft.split, folders, Part.VALIDATION)
    tests = has_part(draft.split, folders, Part.TEST)
    network = network_code(draft.network)
    augmentation, shape = draft.augmentation, draft.network.input.shape
    augments = changes_of(augmentation, shape) or mixing_of(augmentation, shape)
    sections = [
        _settings(draft, class_names),
        *data_sections(draft, preprocessing, folders, in_folders),
        *([augmenting(augmentation, shape)] if augments else []),
        Section("The network", network.text.rstrip("\n"), frozenset({KERAS, LAYERS}), network.lines),
        training(draft.network, draft.recipe, validates),
        *([measuring("test" if tests else "validation")] if tests or validates else []),
    ]
    title = f"Train a convolutional network that tells {len(class_names)} classes of images apart."
    whole = (_imports(sections), *sections)
    text, lines = _joined(title, whole)
    return Script(title, whole, text, lines)


def _settings(draft: Draft, class_names: Sequence[str]) -> Section:
    lines = [
        f"SEED = {draft.seed}",
        f"EPOCHS = {draft.recipe.epochs}",
        f"BATCH_SIZE = {draft.recipe.batch_size}",
        *constant("CLASS_NAMES", class_names),
        "",
        "keras.utils.set_random_seed(SEED)",
    ]
    return Section("Settings", "\n".join(lines), frozenset({KERAS}))


def _imports(sections: Iterable[Section]) -> Section:
    wanted = {line for one in sections for line in one.imports}
    own = sorted(line for line in wanted if line.split()[1] in {"hashlib", "pathlib"})
    theirs = sorted(wanted - set(own), key=lambda line: (line.startswith("from"), line))
    groups = ["\n".join(sorted(group, key=lambda line: line.startswith("from"))) for group in (own, theirs) if group]
    return Section("Imports", "\n\n".join(groups))


def _joined(title: str, sections: Sequence[Section]) -> tuple[str, LineMap]:
    parts = [f'"""{title}\n\nNeeds TensorFlow with Keras 3.\n"""']
    places: dict[str, tuple[int, ...]] = {}
    line = parts[0].count("\n") + 2
    for number, section in enumerate(sections):
        gap = "\n" if number <= 1 else "\n\n"
        heading = "" if number == 0 else "\n".join(comment(f"--- {section.title} ---", "")) + "\n"
        if heading and section.text.startswith(("def ", "class ")):
            heading += "\n\n"
        text = f"{gap}{heading}{section.text}\n"
        parts.append(text)
        shift = line - 1 + gap.count("\n") + heading.count("\n")
        places |= section.lines.shifted(shift).places
        line += text.count("\n")
    return "\n".join([parts[0], "".join(parts[1:])]), LineMap(places)
