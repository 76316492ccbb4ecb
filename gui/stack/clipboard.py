"""Layers on the clipboard: as JSON for another stack of the program, and as Keras code for everything else."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from engine import limits
from engine.errors import EngineError
from engine.geometry import Shape
from engine.network import Layer, Network

LAYERS_MIME = "application/x-convoscope-layers+json"


def copy_layers(network: Network, ids: Sequence[str]) -> None:
    """Put layers on the clipboard."""
    from engine.code.fragments import copied_code, copied_json

    _put(copied_json(network, ids), copied_code(network, ids))


def copy_inner(layer: Layer, shape: Shape | None) -> None:
    """Put a layer from inside a block on the clipboard; `shape` is what enters it, where that is known."""
    from engine.code.fragments import layers_json
    from engine.code.stack import layers_code

    _put(layers_json([layer]), layers_code([layer], shape))


def _put(json: str, code: str) -> None:
    data = QMimeData()
    data.setData(LAYERS_MIME, json.encode())
    data.setText(code)
    QGuiApplication.clipboard().setMimeData(data)


def pasted_layers() -> tuple[Layer, ...]:
    """The layers on the clipboard.

    Raises:
        EngineError: where there are none, or where the code or JSON there is not one of the program's layers.
    """
    from engine.code.fragments import pasted

    data = QGuiApplication.clipboard().mimeData()
    own = data is not None and data.hasFormat(LAYERS_MIME)
    raw = bytes(data.data(LAYERS_MIME).data()) if own else b""
    text = raw.decode("utf-8", "replace") if own else data.text() if data is not None else ""
    if len(text) > limits.MAX_JSON_BYTES:
        raise EngineError("What was copied is too long to be layers.", "A network is far shorter.", "Copy less.")
    found = pasted(text) if text.strip() else ()
    if not found:
        raise EngineError(
            "The clipboard holds no layers.",
            "Layers copied here, or Keras code such as keras.Sequential([...]).",
            "Copy layers or code first.",
        )
    return found
