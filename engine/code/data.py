"""Where a script takes its images from, how it divides them, and how they become what enters the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from engine.code.augmenting import changes_of, mixing_of
from engine.code.section import HASHLIB, KERAS, NUMPY, PATHLIB, TENSORFLOW, Section
from engine.code.shapes_text import SHAPES
from engine.code.split_text import BY_CLASS, DEAL, DRAW, FOLDS, GROUP_BY_FOLDER, GROUP_BY_NAME, SHARE
from engine.code.writing import INDENT, WIDTH, call, comment, literal, quoted
from engine.data.listing import PART_FOLDERS
from engine.data.samples import digits, shapes
from engine.data.source import DIGITS, Source
from engine.data.split import Part, Split
from engine.geometry import Shape
from engine.images.preprocessing import Preprocessing, brightness
from engine.plan import Draft

_RESIZERS: Final = {"lanczos": "lanczos3"}
"""Keras's names of interpolations, where they are not Pillow's."""


def data_sections(
    draft: Draft, preprocessing: Preprocessing, folders: Sequence[str], in_folders: bool
) -> list[Section]:
    """Finding the images, dividing them, and making batches of them.

    Args:
        draft: Source, split, seed and augmentation.
        folders: Names of the folders for training, validation and test, where the source has them.
        in_folders: Whether the images lie in class folders; else the script says that they should.
    """
    parts = _parts(folders)
    if parts and draft.split.rule != "folders":  # they are pooled and divided by chance, but for a test kept apart
        apart = {Part.TEST} & parts.keys() if draft.split.rule == "k-fold" else set()
        pooled = {Part.TRAIN: [name for part, names in parts.items() if part not in apart for name in names]}
        parts = pooled | {part: parts[part] for part in apart}
    return [
        _finding(draft, bool(parts), in_folders),
        _dividing(draft.split, parts),
        _batching(draft, preprocessing),
    ]


def part_folders(ids: Sequence[str]) -> tuple[str, ...]:
    """The folders for training, validation and test of a dataset, told from its image ids; empty where it has none."""
    first = dict.fromkeys(one.split("/", 1)[0] for one in ids if one.count("/") > 1)
    return tuple(first) if _parts(tuple(first)) and len(first) == len(_named(first)) else ()


def in_class_folders(ids: Sequence[str], class_names: Sequence[str]) -> bool:
    """Whether images with these ids are files in class folders, and not parts of arrays or of a flat folder."""
    names = set(class_names)
    places = (one.split("/") for one in ids[:1000])
    return any("." in place[-1] and not names.isdisjoint(place[:-1][:2]) for place in places)


def _named(folders: Sequence[str] | Mapping[str, None]) -> list[str]:
    return [one for one in folders if one.lower() in PART_FOLDERS]


def _parts(folders: Sequence[str]) -> dict[Part, list[str]]:
    found: dict[Part, list[str]] = {}
    for name in _named(folders):
        found.setdefault(PART_FOLDERS[name.lower()], []).append(name)
    return found if Part.TRAIN in found else {}


def has_part(split: Split, folders: Sequence[str], part: Part) -> bool:
    """Whether the script will have images of this part."""
    if split.rule == "k-fold":
        return part is not Part.TEST or part in _parts(folders) or split.test > 0
    parts = _parts(folders) if split.rule == "folders" else {}
    drawn = {Part.TRAIN: 1.0, Part.VALIDATION: split.validation, Part.TEST: split.test}
    if len(parts) > 1 and part is Part.TEST:
        return part in parts
    return part in parts or drawn[part] > 0


def _finding(draft: Draft, in_parts: bool, in_folders: bool) -> Section:
    lines = [] if draft.source.is_sample else _unread(draft.preprocessing)
    if draft.curation.labels or draft.curation.excluded or draft.curation.parts:
        lines += comment("What was labelled, left out or moved by hand is not in this script.", "")
    if not draft.source.is_sample:
        in_folders = in_folders and not draft.source.called_a_file and not draft.source.options
        return _files(draft.source, lines, in_parts, in_folders)
    name, options = draft.source.sample_options()
    if name == DIGITS:
        lines += comment("1,797 handwritten digits of 8 x 8 pixels with values from 0 to 16 (UCI).", "")
        lines += comment("The file must lie here:", "")
        lines.append(f"DIGITS = {quoted(str(digits.FILE))}")
        body = [
            "    with np.load(DIGITS) as arrays:",
            '        strokes, labels = arrays["images"], arrays["labels"]',
            '    pixels = (strokes * (255 / 16) + 0.5).astype("uint8")[..., None]',
        ]
        text = "handwritten digits"
    else:
        lines.append(f"SHAPES = {literal(list(shapes.CLASS_NAMES))}".replace("(", "[").replace(")", "]"))
        lines += [f"IMAGES = {options['images']}", "", "", *SHAPES.rstrip().split("\n")]
        body = [
            f"    chunks = [draw_shapes({options['seed']}, one) for one in range(-(-IMAGES // 512))]",
            "    pixels = np.concatenate(chunks)[:IMAGES]",
            "    labels = np.arange(IMAGES) % len(SHAPES)",
        ]
        text = "coloured shapes, drawn by chance"
    lines += [
        "",
        "",
        "def find_images():",
        f'    """All {text}: their names with their classes."""',
        *body,
        "    images = []",
        "    for place, number in enumerate(labels):",
        '        name = f"{CLASS_NAMES[number]}/{place:07d}"',
        "        PIXELS[name] = pixels[place]",
        "        images.append((name, int(number)))",
        "    return images",
    ]
    return Section("The images", "\n".join(["PIXELS = {}", *lines]), frozenset({NUMPY}))


def _files(source: Source, lines: list[str], in_parts: bool, in_folders: bool) -> Section:
    layout = "one folder for each part, with a folder for each class" if in_parts else "a folder for each class"
    argument, folder = ("part", "DATA / part / class_name") if in_parts else ("", "DATA / class_name")
    if not in_folders:
        lines += comment("This script reads images from folders, and the program read them from here:", "")
        lines += comment(source.location, "")
        lines += comment(f"Unpack or save them as image files with {layout}, and write that folder's path here.", "")
        lines.append(f"DATA = Path({quoted(str(source.path.with_name(source.path.name + '-folders')))})")
    else:
        lines += comment(f"The folder of the images must lie here; in it is {layout}.", "")
        lines.append(f"DATA = Path({quoted(source.location)})")
    lines += comment("TensorFlow reads these kinds of files; TIFF and WebP are left out.", "")
    lines += [
        'ENDINGS = {".bmp", ".gif", ".jpeg", ".jpg", ".png"}',
        "",
        "",
        f"def find_images({argument}):",
        '    """All images: their names below DATA with their classes."""',
        "    images = []",
        "    for number, class_name in enumerate(CLASS_NAMES):",
        f'        for path in sorted(({folder}).rglob("*")):',
        "            if path.suffix.lower() in ENDINGS:",
        "                name = path.relative_to(DATA).as_posix()",
        "                images.append((name, number))",
        "    return images",
    ]
    return Section("The images", "\n".join(lines), frozenset({PATHLIB}))


def _dividing(split: Split, parts: Mapping[Part, list[str]]) -> Section:
    in_parts = bool(parts)
    lines = []
    if Part.VALIDATION not in parts:
        names = parts.get(Part.TRAIN, [])
        everything = " + ".join(f"find_images({quoted(one)})" for one in names) or "find_images()"
        lines += _drawing(split, everything, 0.0 if Part.TEST in parts else split.test, Part.TEST not in parts)
    else:
        for part in (Part.TRAIN, Part.VALIDATION):
            lines.append(f"{part.value} = " + " + ".join(f"find_images({quoted(one)})" for one in parts[part]))
    if Part.TEST in parts or Part.VALIDATION in parts:
        found = " + ".join(f"find_images({quoted(one)})" for one in parts.get(Part.TEST, []))
        lines.append(f"test = {found or '[]'}")
    if Part.VALIDATION in parts:
        return Section("Training, validation and test", "\n".join(lines))
    text = [f"SPLIT_SEED = {split.seed}"]
    for one in _functions(split, in_parts):
        text += ["", "", *one.rstrip().split("\n")]
    return Section("Training, validation and test", "\n".join([*text, "", "", *lines]), frozenset({HASHLIB}))


def _functions(split: Split, in_parts: bool) -> list[str]:
    """What divides the images, as the source of functions."""
    if split.groups == "none":
        return [FOLDS if split.rule == "k-fold" else BY_CLASS, DRAW, SHARE]
    if split.groups == "folder":
        above = 2 if in_parts else 1
        group = GROUP_BY_FOLDER.format(above=above, depth=above + 1)
    else:
        sign = quoted({"_ or -": "_", "space": " "}.get(split.separator, split.separator))
        cut = 'stem.replace("-", "_")' if split.separator == "_ or -" else "stem"
        group = GROUP_BY_NAME.format(sign=sign, cut=cut, pieces=split.pieces)
    return [DEAL, group, DRAW]


def _drawing(split: Split, images: str, test: float, names_test: bool) -> list[str]:
    """The lines that divide by chance what is not divided by folders."""
    target = f"train, validation, {'test' if names_test else '_'} = "
    shown = literal(test) if names_test else "0"
    if split.groups == "none":
        if split.rule == "k-fold":
            arguments = [images, f"folds={split.folds}", f"fold={split.fold}", f"test={shown}"]
        else:
            arguments = [images, f"validation={literal(split.validation)}", f"test={shown}"]
        return call(f"{target}split(", arguments, ")", "")
    if split.rule != "k-fold":
        rest = max(0.0, 1.0 - split.validation - test)
        return call(f"{target}deal(", [images, f"[{literal(rest)}, {literal(split.validation)}, {shown}]"], ")", "")
    share = f"[{literal((1.0 - test) / split.folds)}] * {split.folds}"
    return [
        *call("*folds, kept = deal(", [images, f"{share} + [{shown}]"], ")", ""),
        *(["test = kept"] if names_test else []),
        f"validation = folds.pop({split.fold - 1})",
        "train = [one for fold in folds for one in fold]",
    ]


def _batching(draft: Draft, preprocessing: Preprocessing) -> Section:
    sample = draft.source.is_sample
    native = None
    if sample:
        native = digits.SHAPE if draft.source.sample_options()[0] == DIGITS else shapes.SHAPE
    inputs = "np.stack([PIXELS[name] for name in names])" if sample else "[str(DATA / name) for name in names]"
    lines = [
        f"def load_image({'image' if sample else 'path'}, number):",
        f'{INDENT}"""What enters the network for one image, and its class."""',
        *_loading(preprocessing, native),
        f"{INDENT}return image, tf.one_hot(number, len(CLASS_NAMES))",
        "",
        "",
        "def make_dataset(images, training=False):",
        f'{INDENT}"""Batches of images with their classes."""',
        f"{INDENT}names = [name for name, _ in images]",
        f"{INDENT}numbers = [number for _, number in images]",
        f"{INDENT}inputs = {inputs}",
        f"{INDENT}dataset = tf.data.Dataset.from_tensor_slices((inputs, numbers))",
        f"{INDENT}if training:",
        f"{INDENT * 2}dataset = dataset.shuffle(len(images), seed=SEED)",
        f"{INDENT}dataset = dataset.map(load_image, num_parallel_calls=tf.data.AUTOTUNE)",
        f"{INDENT}dataset = dataset.batch(BATCH_SIZE)",
    ]
    shape = draft.network.input.shape
    changes, mixing = changes_of(draft.augmentation, shape), mixing_of(draft.augmentation, shape)
    if changes or mixing:
        lines.append(f"{INDENT}if training:")
    if changes:
        lines += [
            f"{INDENT * 2}dataset = dataset.map(",
            f"{INDENT * 3}lambda images, labels: (augment(images, training=True), labels),",
            f"{INDENT * 3}num_parallel_calls=tf.data.AUTOTUNE,",
            f"{INDENT * 2})",
        ]
    if mixing:
        lines.append(f"{INDENT * 2}dataset = dataset.map(mix, num_parallel_calls=tf.data.AUTOTUNE)")
    lines.append(f"{INDENT}return dataset.prefetch(tf.data.AUTOTUNE)")
    needs = {TENSORFLOW, KERAS} if any("keras." in one for one in lines) else {TENSORFLOW}
    return Section("Batches", "\n".join(lines), frozenset(needs))


def _loading(preprocessing: Preprocessing, native: Shape | None) -> list[str]:
    lines = []
    channels = 3 if native is None else native[2]
    if native is None:
        lines += [
            f"{INDENT}image = tf.io.decode_image(",
            f"{INDENT * 2}tf.io.read_file(path), channels=3, expand_animations=False",
            f"{INDENT})",
        ]
    lines.append(f'{INDENT}image = tf.cast(image, "float32")')
    if channels == 3 and preprocessing.channels == "grayscale":
        lines.append(f"{INDENT}image = tf.image.rgb_to_grayscale(image)")
    if channels == 1 and preprocessing.channels == "rgb":
        lines.append(f"{INDENT}image = tf.image.grayscale_to_rgb(image)")
    if native is None or native[:2] != preprocessing.shape[:2]:
        lines += _resizing(preprocessing)
    return lines


def _unread(preprocessing: Preprocessing | None) -> list[str]:
    """What TensorFlow's decoder cannot do."""
    if preprocessing is None or (preprocessing.range, preprocessing.background) == ("automatic", "white"):
        return []
    return comment("The range of 16-bit images and the colour behind clear pixels are not in this script.", "")


def _resizing(preprocessing: Preprocessing) -> list[str]:
    name = preprocessing.interpolation
    arguments = ["image", f"({preprocessing.height}, {preprocessing.width})"]
    arguments += [f"interpolation={quoted(_RESIZERS.get(name, name))}", "antialias=True"]
    if preprocessing.resize != "stretch":
        arguments.append(f"{preprocessing.resize}_to_aspect_ratio=True")
    arguments.append('data_format="channels_last"')
    colour = _bars(preprocessing) if preprocessing.resize == "pad" else []
    lines = call("image = keras.ops.image.resize(", arguments, ")")
    if colour:  # the bars are black, so the image is taken from their colour and put back
        lines = [*colour, f"{INDENT}image = image - bars", *lines, f"{INDENT}image = image + bars"]
    if name in ("bicubic", "lanczos"):
        lines.append(f"{INDENT}image = tf.clip_by_value(image, 0, 255)")
    return lines


def _bars(preprocessing: Preprocessing) -> list[str]:
    """The line that gives `bars` the colour of the bars beside an image; none where it is black."""
    colour = preprocessing.padding_colour
    if colour is None:
        sides = ["image[0]", "image[1:, -1]", "image[-1, :-1]", "image[1:-1, 0]"]
        return [
            *call("edge = tf.concat(", [f"[{', '.join(sides)}]", "axis=0"], ")"),
            f"{INDENT}bars = tf.reduce_mean(edge, axis=0)",
        ]
    if not any(colour):
        return []
    if preprocessing.channels == "grayscale":
        return [f"{INDENT}bars = {float(brightness(colour))}"]
    return [f"{INDENT}bars = tf.constant({[float(one) for one in colour]})"]


def constant(name: str, values: Sequence[str]) -> list[str]:
    """A list of words as a constant, wrapped where it is long."""
    whole = f"{name} = [{', '.join(map(quoted, values))}]"
    if len(whole) <= WIDTH:
        return [whole]
    return [f"{name} = [", *(f"{INDENT}{quoted(one)}," for one in values), "]"]
