"""The learner: a Keras model, its optimizer, and one compiled training step."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.build import build, set_weights, weights_of
from engine.errors import EngineError
from engine.graph import Graph
from engine.plan import Plan
from engine.runs.checkpoints import Checkpoint
from engine.runs.progress import Progress

if TYPE_CHECKING:
    import tensorflow as tf

Array = np.ndarray[Any, Any]


class Learner:
    """A network in training.

    The step runs under a `tf.distribute` strategy and divides the summed loss by the whole batch, so that the same
    code holds for one device and for several. One trace serves every batch size, as the last batch of an epoch is
    smaller. AutoGraph is off: nothing here depends on having the source at hand.

    Attributes:
        model: The Keras model.
        optimizer: The Keras optimizer.
    """

    def __init__(self, plan: Plan, graph: Graph) -> None:
        import keras
        import tensorflow as tf

        self._plan, self._graph = plan, graph
        self._strategy = tf.distribute.get_strategy()
        with self._strategy.scope():
            self.model = build(graph, plan.seed)
            self.optimizer = plan.recipe.optimizer.build()
            self.optimizer.build(self.model.trainable_variables)
        self._loss = keras.losses.CategoricalCrossentropy(
            from_logits=not graph.gives_probabilities, label_smoothing=plan.recipe.label_smoothing, reduction=None
        )
        images = tf.TensorSpec((None, *graph.input_shape), tf.uint8)
        numbers, scalar = tf.TensorSpec((None,), tf.int32), tf.TensorSpec((), tf.int32)
        self._train = tf.function(self._train_step, (images, numbers, numbers, scalar, scalar), autograph=False)
        self._measure = tf.function(self._measure_step, (images, numbers), autograph=False)

    def train(self, images: Array, labels: Array, numbers: Array, epoch: int, step: int) -> tf.Tensor:
        """Learn from one batch.

        Args:
            images: uint8, (batch, height, width, channels).
            labels: int32, (batch,).
            numbers: int32, (batch,): the images' indexes in the dataset, for the augmentation.
            epoch: From 1.
            step: Of this epoch, from 0.

        Returns:
            float32, (2,): mean loss and accuracy of the batch, before the step; read it when it is needed. Where
            images are mixed, the class with the largest share is the one to recognise.
        """
        return self._train(images, labels, numbers, np.int32(epoch), np.int32(step))

    def measure(self, images: Array, labels: Array) -> tf.Tensor:
        """float32, (2,): summed loss and number of recognised images of one batch, without learning.

        Penalties on weights count for each image, as in training, so that the two losses can be compared.
        """
        return self._measure(images, labels)

    def _train_step(
        self, images: tf.Tensor, labels: tf.Tensor, numbers: tf.Tensor, epoch: tf.Tensor, step: tf.Tensor
    ) -> tf.Tensor:
        import tensorflow as tf

        whole = tf.cast(tf.shape(labels)[0], tf.float32)

        def replica(images: tf.Tensor, labels: tf.Tensor, numbers: tf.Tensor) -> tf.Tensor:
            pixels = tf.cast(images, tf.float32)
            targets = self._targets(labels)
            augmentation, seed = self._plan.augmentation, self._plan.seed
            pixels = augmentation.apply(pixels, seed, epoch, numbers)
            if augmentation.mixes:
                pixels, targets = augmentation.mix(pixels, targets, seed, epoch, step)
                labels = tf.argmax(targets, -1, tf.int32)
            variables = self.model.trainable_variables
            with tf.GradientTape() as tape:
                outputs = self.model(pixels, training=True)
                loss = tf.reduce_sum(self._loss(targets, outputs)) / whole
                if self.model.losses:
                    loss += tf.add_n(self.model.losses) / self._strategy.num_replicas_in_sync
            self.optimizer.apply(tape.gradient(loss, variables), variables)
            return tf.stack([loss, _correct(labels, outputs) / whole])

        results = self._strategy.run(replica, (images, labels, numbers))
        return self._strategy.reduce(tf.distribute.ReduceOp.SUM, results, axis=None)

    def _measure_step(self, images: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
        import tensorflow as tf

        def replica(images: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
            outputs = self.model(tf.cast(images, tf.float32), training=False)
            losses = self._loss(self._targets(labels), outputs)
            if self.model.losses:
                losses += tf.add_n(self.model.losses)
            return tf.stack([tf.reduce_sum(losses), _correct(labels, outputs)])

        results = self._strategy.run(replica, (images, labels))
        return self._strategy.reduce(tf.distribute.ReduceOp.SUM, results, axis=None)

    def _targets(self, labels: tf.Tensor) -> tf.Tensor:
        """float32, (batch, classes): the whole of each image is of its class."""
        import tensorflow as tf

        return tf.one_hot(labels, len(self._plan.class_names))

    @property
    def learning_rate(self) -> float:
        """The learning rate in force."""
        return float(self.optimizer.learning_rate)

    @learning_rate.setter
    def learning_rate(self, value: float) -> None:
        self.optimizer.learning_rate.assign(value)

    def take_weights(self, checkpoint: Checkpoint) -> None:
        """Begin from the weights of another run; raises EngineError where they do not fit."""
        set_weights(self.model, self._graph, checkpoint.weights)

    def capture(self, progress: Progress) -> Checkpoint:
        """All that is needed to go on from here."""
        return Checkpoint(
            weights=weights_of(self.model, self._graph),
            optimizer=tuple(np.array(one.value.numpy()) for one in self.optimizer.variables),
            seeds={path: np.array(one.value.numpy()) for path, one in self._seeds().items()},
            progress=dataclasses.replace(progress),
        )

    def restore(self, checkpoint: Checkpoint) -> None:
        """Take up the state of a checkpoint; raises EngineError where it is of another network or optimizer."""
        set_weights(self.model, self._graph, checkpoint.weights)
        seeds, variables = self._seeds(), self.optimizer.variables
        shapes = [tuple(one.shape) for one in variables]
        if seeds.keys() != checkpoint.seeds.keys() or shapes != [one.shape for one in checkpoint.optimizer]:
            raise EngineError(
                "The checkpoint does not fit the plan of its run.",
                "A checkpoint holds the state of the run's own optimizer and random layers.",
                "Use the version of the program that trained the run, or start a new run.",
            )
        for variable, value in zip(variables, checkpoint.optimizer, strict=True):
            variable.assign(value)
        for path, variable in seeds.items():
            variable.assign(checkpoint.seeds[path])

    def _seeds(self) -> dict[str, Any]:
        """The states of the random layers, which are variables but no weights, by layer and number.

        Keras's own names for them count up with everything that a process builds, and so would not be found again.
        """
        found: dict[str, Any] = {}
        for node in self._graph:
            layer = self.model.get_layer(node.keras_name)
            weights = {id(one) for one in layer.weights}
            states = [one for one in layer.variables if id(one) not in weights]
            found |= {f"{node.path}/{number}": one for number, one in enumerate(states)}
        return found


def _correct(labels: tf.Tensor, outputs: tf.Tensor) -> tf.Tensor:
    import tensorflow as tf

    return tf.reduce_sum(tf.cast(tf.argmax(outputs, -1, tf.int32) == labels, tf.float32))
