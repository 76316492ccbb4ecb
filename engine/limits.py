"""Every cap of the program in one table: what a file or a person may ask for at most.

The caps exist so that a damaged or hostile file cannot exhaust the computer; each is far above what
real work needs.
"""

from __future__ import annotations

from typing import Final

MAX_LAYERS: Final = 1_000
"""Layers in one network."""

MAX_BLOCK_LAYERS: Final = 200
"""Layers that a user puts into one block, those of blocks inside it among them."""

MAX_BLOCK_DEPTH: Final = 4
"""How deep blocks of one's own may stand in each other."""

MAX_BLOCK_INPUTS: Final = 64
"""Layers that one layer inside a block reads."""

MAX_UNITS: Final = 65_536
"""Filters or units of one layer."""

MAX_WINDOW: Final = 1_024
"""Height or width of a kernel or a pooling window, in pixels."""

MAX_INPUT_SIDE: Final = 4_096
"""Height or width of the network's input, in pixels."""

MAX_PARAMETERS: Final = 2_000_000_000
"""Weights of one network; float32 weights of this many take 8 GB."""

MAX_LAYER_VALUES: Final = 500_000_000
"""Values that leave one layer for one image; as float32 they take 2 GB."""

MAX_PREVIEW_LAYERS: Final = 200
"""Layers of a network that is previewed after every edit, those inside blocks counted one by one."""

MAX_PREVIEW_PARAMETERS: Final = 5_000_000
"""Weights of a network that is previewed; more take longer to draw than a person waits between two edits."""

MAX_PREVIEW_VALUES: Final = 20_000_000
"""Values that leave all layers of a network that is previewed; as float32 they take 80 MB."""

MAX_PREVIEW_MACS: Final = 1_000_000_000
"""Multiply-accumulates of a network that is previewed, for its one image."""

MAX_IMAGE_PIXELS: Final = 40_000_000
"""Pixels of one image file, checked on its header before anything is decoded."""

MAX_IMAGE_BYTES: Final = 256 * 1024 * 1024
"""Size of one image file on disk."""

MAX_IMAGES: Final = 2_000_000
"""Images of one dataset."""

MAX_EXAMINED_FILES: Final = 5_000
"""Files whose headers the dataset doctor looks into."""

MAX_EXAMINED_BYTES: Final = 512 * 1024 * 1024
"""Bytes that it reads for that."""

MAX_CLASSES: Final = 10_000
"""Classes of one dataset."""

MAX_ARCHIVE_ENTRIES: Final = 200_000
"""Entries of a zip or tar file that is read without unpacking it."""

MAX_EXPANSION: Final = 100
"""How many times larger what an archive or a compressed file holds may be than the file itself."""

FREE_EXPANSION: Final = 64 * 1024 * 1024
"""What may always come out of a compressed file, however small it is: labels that are all alike shrink to nothing."""

MAX_DIRECTORY_BYTES: Final = 32 * 1024 * 1024
"""Size of the list of names at the end of a zip file."""

MAX_LIST_BYTES: Final = 256 * 1024 * 1024
"""Size of a list of images and labels: a CSV or text file."""

MAX_LIST_COLUMNS: Final = 1_000
"""Columns of such a list."""

MAX_PICKLE_STEPS: Final = 2_000_000
"""Instructions of a pickled CIFAR batch; the largest of the genuine ones has 300,000."""

MAX_FOLDER_DEPTH: Final = 32
"""Nested folders below a source."""

MAX_JSON_BYTES: Final = 16 * 1024 * 1024
"""Size of a project, plan or network file."""

MAX_JSON_DEPTH: Final = 64
"""Nesting of a JSON file."""

MAX_BATCH_SIZE: Final = 65_536
"""Images in one training step."""

MAX_EPOCHS: Final = 100_000
"""Epochs of one run."""

MAX_LABEL_LENGTH: Final = 200
"""Characters of a label that a user gives to a layer, a run or a project."""

MAX_ARRAY_FILE_BYTES: Final = 64 * 1024**3
"""Size of a checkpoint or another file of arrays: weights and an optimizer's state of MAX_PARAMETERS with room."""

MAX_NAME_LENGTH: Final = 10_000
"""Characters of a path or a class name in a file."""

MAX_CODE_CHARACTERS: Final = 1_000_000
"""Length of Keras code that is read."""

MAX_CODE_PASTED: Final = 250_000
"""Characters pasted into the window's code at once, which lays out every line; a thousand layers take a third of it."""

MAX_CODE_DEPTH: Final = 60
"""Brackets, calls and signs of Keras code within each other."""

MAX_CODE_STEPS: Final = 200_000
"""Expressions of Keras code that are looked at: a function that calls functions can be looked at many times."""
