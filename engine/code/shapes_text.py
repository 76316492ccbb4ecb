"""The sample of shapes as a script draws it: the same images, to the pixel, as `engine.data.samples.shapes`."""

from __future__ import annotations

from typing import Final

SHAPES: Final = '''\
def inside(kind, x, y):
    """Which places (x, y), measured from its centre, lie inside a shape."""
    if kind == "circle":
        return x**2 + y**2 <= 0.8
    if kind == "ring":
        return (x**2 + y**2 <= 1.0) & (x**2 + y**2 >= 0.3)
    if kind == "square":
        return np.maximum(np.abs(x), np.abs(y)) <= 0.78
    if kind == "cross":
        across, down = np.abs(x), np.abs(y)
        return (np.minimum(across, down) <= 0.3) & (
            np.maximum(across, down) <= 1.0
        )
    if kind == "triangle":
        return (y >= -0.5) & (y <= 1.0 - np.sqrt(3.0) * np.abs(x))
    step = 2 * np.pi / 5  # a star of five points
    angle = np.abs((np.arctan2(x, y) + step / 2) % step - step / 2)
    edge = 0.4 * np.sin(step / 2)
    edge /= np.sin(angle) + 0.4 * np.sin(step / 2 - angle)
    return x**2 + y**2 <= edge**2


def draw_shapes(seed, chunk):
    """Draw 512 noisy images of 32 x 32 pixels."""
    rng = np.random.default_rng([seed, chunk])
    turn = rng.uniform(0, 2 * np.pi, 512)
    radius = rng.uniform(6.0, 12.0, 512)
    centre = rng.uniform(12.0, 20.0, (2, 512))
    colours = rng.uniform(0.0, 1.0, (2, 512, 3))
    near = np.abs(colours[0] - colours[1]).mean(axis=1) < 0.25
    colours[1, near] = (colours[1, near] + 0.5) % 1.0
    rows, columns = np.mgrid[0:32, 0:32].astype("float64") + 0.5
    down = (rows - centre[0][:, None, None]) / radius[:, None, None]
    across = (columns - centre[1][:, None, None]) / radius[:, None, None]
    cosine, sine = np.cos(turn)[:, None, None], np.sin(turn)[:, None, None]
    x, y = across * cosine - down * sine, across * sine + down * cosine
    kinds = (chunk * 512 + np.arange(512)) % len(SHAPES)
    filled = np.zeros((512, 32, 32), bool)
    for number, kind in enumerate(SHAPES):
        chosen = kinds == number
        filled[chosen] = inside(kind, x[chosen], y[chosen])
    picture = np.where(
        filled[..., None], colours[0][:, None, None], colours[1][:, None, None]
    )
    slope = rng.uniform(-0.25, 0.25, (2, 512, 1, 1, 1))
    light = slope[0] * (rows / 32 - 0.5)[..., None]
    light = light + slope[1] * (columns / 32 - 0.5)[..., None]
    strength = rng.uniform(0.05, 0.22, (512, 1, 1, 1))
    noise = rng.standard_normal((512, 32, 32, 3), "float32") * strength
    pixels = np.clip(picture + light + noise, 0.0, 1.0) * 255 + 0.5
    return pixels.astype("uint8")
'''
