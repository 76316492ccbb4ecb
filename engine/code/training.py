"""How a script trains and measures."""

from __future__ import annotations

from engine.analysis import analyse
from engine.code.arguments import written
from engine.code.section import KERAS, Section
from engine.code.writing import INDENT, call, camel, literal
from engine.network import Network
from engine.recipe import Recipe


def training(network: Network, recipe: Recipe, validates: bool) -> Section:
    """Compiling and fitting; `validates` says whether there are images to watch the training with."""
    own = recipe.optimizer
    settings = [f"{one.name}={written(one, own.values()[one.name])}" for one in own.parameters()]
    usual = {f"{one.name}={written(one, one.default)}" for one in own.parameters()}
    loss = ["from_logits=True"] if not _gives_probabilities(network) else []
    if recipe.label_smoothing:
        loss.append(f"label_smoothing={literal(recipe.label_smoothing)}")
    inner = INDENT
    lines = ["model = build_network()", "model.summary()", "model.compile("]
    optimizer = [one for one in settings if one not in usual]
    lines += call(f"optimizer=keras.optimizers.{own.kind}(", optimizer, "),", inner)
    lines += call(f"loss=keras.losses.{camel(recipe.loss)}(", loss, "),", inner)
    lines += [f'{inner}metrics=["accuracy"],', ")", "model.fit(", f"{inner}make_dataset(train, training=True),"]
    if validates:
        lines.append(f"{inner}validation_data=make_dataset(validation),")
    lines += [f"{inner}epochs=EPOCHS,", f"{inner}shuffle=False,  # make_dataset shuffles"]
    if recipe.patience:
        watched = "" if validates else 'monitor="loss", '
        stopping = f"keras.callbacks.EarlyStopping({watched}patience={recipe.patience}, restore_best_weights=True)"
        lines += [f"{inner}callbacks=[", f"{inner * 2}{stopping}", f"{inner}],"]
    return Section("Training", "\n".join([*lines, ")"]), frozenset({KERAS}))


def measuring(part: str) -> Section:
    """Evaluation on the images of `part`, the name of a variable."""
    lines = [
        f"loss, accuracy = model.evaluate(make_dataset({part}))",
        f'print(f"{part.capitalize()}: loss {{loss:.4f}}, accuracy {{accuracy:.1%}}")',
    ]
    return Section("Evaluation", "\n".join(lines))


def _gives_probabilities(network: Network) -> bool:
    graph = analyse(network).graph
    if graph is not None:
        return graph.gives_probabilities
    return bool(network.stack) and network.stack[-1].type.gives_probabilities()
