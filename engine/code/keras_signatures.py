"""What Keras's layers are called and which arguments they take, in their order: known without importing Keras.

Kinds of layers that a stack cannot hold (for text, sound, sequences and volumes) are left out, and so are `name` and
`dtype`, which every layer takes. Written off Keras 3.15; a test compares every line with Keras's own.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

_TABLE: Final = """
Activation(activation)
ActivityRegularization(l1=0.0, l2=0.0)
AdaptiveAveragePooling2D(output_size, data_format=None)
AdaptiveMaxPooling2D(output_size, data_format=None)
Add()
AlphaDropout(rate, noise_shape=None, seed=None)
Average()
AveragePooling2D(pool_size, strides=None, padding="valid", data_format=None)
BatchNormalization(axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, beta_initializer="zeros",
    gamma_initializer="ones", moving_mean_initializer="zeros", moving_variance_initializer="ones",
    beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, renorm=False,
    renorm_clipping=None, renorm_momentum=0.99, synchronized=False)
CenterCrop(height, width, data_format=None)
Concatenate(axis=-1)
Conv2D(filters, kernel_size, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1), groups=1,
    activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros",
    kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
    bias_constraint=None)
Conv2DTranspose(filters, kernel_size, strides=(1, 1), padding="valid", output_padding=None, data_format=None,
    dilation_rate=(1, 1), activation=None, use_bias=True, kernel_initializer="glorot_uniform",
    bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None,
    kernel_constraint=None, bias_constraint=None)
Cropping2D(cropping=((0, 0), (0, 0)), data_format=None)
Dense(units, activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros",
    kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
    bias_constraint=None, lora_rank=None, lora_alpha=None, quantization_config=None)
DepthwiseConv2D(kernel_size, strides=(1, 1), padding="valid", depth_multiplier=1, data_format=None,
    dilation_rate=(1, 1), activation=None, use_bias=True, depthwise_initializer="glorot_uniform",
    bias_initializer="zeros", depthwise_regularizer=None, bias_regularizer=None, activity_regularizer=None,
    depthwise_constraint=None, bias_constraint=None)
Dropout(rate, noise_shape=None, seed=None)
ELU(alpha=1.0)
Flatten(data_format=None)
GaussianDropout(rate, seed=None)
GaussianNoise(stddev, seed=None)
GlobalAveragePooling2D(data_format=None, keepdims=False)
GlobalMaxPooling2D(data_format=None, keepdims=False)
GroupNormalization(groups=32, axis=-1, epsilon=0.001, center=True, scale=True, beta_initializer="zeros",
    gamma_initializer="ones", beta_regularizer=None, gamma_regularizer=None, beta_constraint=None,
    gamma_constraint=None)
Identity()
LayerNormalization(axis=-1, epsilon=0.001, center=True, scale=True, beta_initializer="zeros",
    gamma_initializer="ones", beta_regularizer=None, gamma_regularizer=None, beta_constraint=None,
    gamma_constraint=None)
LeakyReLU(negative_slope=0.3)
MaxPooling2D(pool_size=(2, 2), strides=None, padding="valid", data_format=None)
Maximum()
Minimum()
Multiply()
Normalization(axis=-1, mean=None, variance=None, invert=False)
PReLU(alpha_initializer="Zeros", alpha_regularizer=None, alpha_constraint=None, shared_axes=None)
Permute(dims)
RMSNormalization(axis=-1, epsilon=1e-06)
ReLU(max_value=None, negative_slope=0.0, threshold=0.0)
RepeatVector(n)
Rescaling(scale, offset=0.0)
Reshape(target_shape)
Resizing(height, width, interpolation="bilinear", crop_to_aspect_ratio=False, pad_to_aspect_ratio=False,
    fill_mode="constant", fill_value=0.0, antialias=False, data_format=None)
SeparableConv2D(filters, kernel_size, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1),
    depth_multiplier=1, activation=None, use_bias=True, depthwise_initializer="glorot_uniform",
    pointwise_initializer="glorot_uniform", bias_initializer="zeros", depthwise_regularizer=None,
    pointwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None,
    pointwise_constraint=None, bias_constraint=None)
Softmax(axis=-1)
SpatialDropout2D(rate, data_format=None, seed=None)
Subtract()
UnitNormalization(axis=-1)
UpSampling2D(size=(2, 2), data_format=None, interpolation="nearest")
ZeroPadding2D(padding=(1, 1), data_format=None)
"""

ALIASES: Final = {
    "AvgPool2D": "AveragePooling2D",
    "Convolution2D": "Conv2D",
    "Convolution2DTranspose": "Conv2DTranspose",
    "GlobalAvgPool2D": "GlobalAveragePooling2D",
    "GlobalMaxPool2D": "GlobalMaxPooling2D",
    "MaxPool2D": "MaxPooling2D",
    "SeparableConvolution2D": "SeparableConv2D",
}
"""Keras's other names for its own layers."""


@dataclass(frozen=True)
class Signature:
    """The arguments of one kind of layer.

    Attributes:
        names: In Keras's order, so that arguments may be given by their place.
        defaults: What an argument is where it is left out; one that is not here must be given.
    """

    names: tuple[str, ...]
    defaults: Mapping[str, Any]

    @property
    def required(self) -> tuple[str, ...]:
        """The arguments that must be given."""
        return tuple(one for one in self.names if one not in self.defaults)


@functools.cache
def signatures() -> dict[str, Signature]:
    """The signature of every layer by its class name."""
    found = {}
    for one in ast.parse("\n".join(f"def {line}: ..." for line in _lines())).body:
        assert isinstance(one, ast.FunctionDef), "every line of the table is one signature"
        names = tuple(argument.arg for argument in one.args.args)
        values = [ast.literal_eval(value) for value in one.args.defaults]
        found[one.name] = Signature(names, dict(zip(names[len(names) - len(values) :], values, strict=True)))
    return found


def _lines() -> list[str]:
    return _TABLE.strip().replace("\n    ", " ").splitlines()
