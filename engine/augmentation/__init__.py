"""Augmentation: random changes to training images, so that the network sees each picture in many forms.

Every draw is a hash of (seed, epoch, image, operation): the same image in the same epoch of the same run is changed in
the same way, whatever batch it is in and however often the run was interrupted. What mixes the images of a batch goes
by (seed, epoch, step) instead. An operation is one file of this folder.
"""

from engine.augmentation.base import Family, Operation
from engine.augmentation.chain import Augmentation
from engine.augmentation.registry import augmentation_type, augmentation_types

__all__ = ["Augmentation", "Family", "Operation", "augmentation_type", "augmentation_types"]
