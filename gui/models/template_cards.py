"""What the gallery says of each template for the images at hand, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from engine.analysis import analyse
from engine.errors import EngineError
from engine.layers.input import Input
from engine.network import Network
from engine.recipe import Recipe
from engine.templates import templates
from gui.words import grouped, plural, short

__all__ = ["TemplateCard", "recipe_words", "stack_of", "template_card"]


@dataclass(frozen=True)
class TemplateCard:
    """One template.

    Attributes:
        name: The word that it is known by.
        title: Its name for people.
        summary: What it is good for.
        why: What it is known for and how it works.
        families: The family of each layer, which gives its colour.
        figures: What it costs, as label and figure.
        refusal: Why it does not take these images, or None.
    """

    name: str
    title: str
    summary: str
    why: str
    families: tuple[str, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    refusal: EngineError | None = None

    @property
    def line(self) -> str:
        """One line under the title."""
        return "Does not fit your images" if self.refusal else f"{dict(self.figures)['Parameters']} parameters"


def template_card(name: str, input: Input, classes: int) -> TemplateCard:
    """A template at the size of these images and with these classes."""
    one = templates()[name]
    words = (name, one.title, one.summary, one.why)
    try:
        network = stack_of(name, Network(input), classes)
    except EngineError as error:
        return TemplateCard(*words, refusal=error)
    found = analyse(network, classes)
    if found.problems:
        first = found.problems[0]
        return TemplateCard(*words, refusal=EngineError(first.what, first.expected, first.fix))
    figures = (
        ("Parameters", grouped(found.parameters)),
        ("MACs per image", short(found.macs)),
        ("Layers", grouped(len(network.layers))),
    )
    return TemplateCard(*words, tuple(layer.type.family.value for layer in network.layers), figures)


def stack_of(name: str, before: Network, classes: int) -> Network:
    """The template in the place of the layers of a network; its ids are new, so that nothing is taken for another.

    Raises:
        EngineError: where the images are too small for it.
    """
    network = Network(before.input, (), before.next_number)
    for type in templates()[name].layers(before.input, classes):
        network = network.added(type)
    return network


def recipe_words(recipe: Recipe) -> str:
    """As in "Adam, learning rate 0.001, 20 epochs, batches of 32"."""
    optimizer = recipe.optimizer
    rate = f"{getattr(optimizer, 'learning_rate', 0):g}"
    return f"{optimizer.kind}, learning rate {rate}, {plural(recipe.epochs, 'epoch')}, batches of {recipe.batch_size:,}"
