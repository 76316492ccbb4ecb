"""Decoding: every kind of image file gives the right pixels, every bad one a reason."""

from __future__ import annotations

import io
import os
import pickle
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import simplejpeg
from PIL import Image

from engine.images import decoding
from engine.images.decoding import UnreadableImage, decode, header, is_image, read_bytes, read_size
from engine.images.preprocessing import Preprocessing

COLOUR = Preprocessing(4, 6, "rgb")
GREY = Preprocessing(4, 6, "grayscale")
PIXELS = np.random.default_rng(1).integers(0, 256, (4, 6, 3)).astype(np.uint8)


def saved(image: Image.Image, format: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, format, **options)
    return stream.getvalue()


@pytest.mark.parametrize(("format", "options"), [("PNG", {}), ("BMP", {}), ("TIFF", {}), ("WEBP", {"lossless": True})])
def test_lossless_formats_come_back_pixel_for_pixel(format: str, options: dict[str, Any]) -> None:
    np.testing.assert_array_equal(decode(saved(Image.fromarray(PIXELS), format, **options), COLOUR), PIXELS)


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("subsampling", [0, 1, 2])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_jpeg_has_the_same_pixels_as_by_pillow(mode: str, subsampling: int, progressive: bool) -> None:
    side = np.random.default_rng(2).integers(0, 256, (33, 47, 3)).astype(np.uint8)
    data = saved(Image.fromarray(side).convert(mode), "JPEG", progressive=progressive, subsampling=subsampling)
    by_pillow = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    np.testing.assert_array_equal(decode(data, Preprocessing(33, 47, "rgb")), by_pillow)


def test_the_fast_route_and_pillow_agree_after_resizing(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(Image.fromarray(np.kron(PIXELS, np.ones((8, 8, 1), np.uint8))), "JPEG")
    wanted = Preprocessing(20, 20, "grayscale")
    fast = decode(data, wanted)
    monkeypatch.setattr(decoding, "_plain_jpeg", lambda *_: None)
    np.testing.assert_array_equal(decode(data, wanted), fast)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_cameras_orientation_is_obeyed(orientation: int) -> None:
    upright = Image.fromarray(np.kron(PIXELS, np.ones((8, 8, 1), np.uint8)))
    undo = [None, None, 0, 3, 1, 5, 2, 6, 4][orientation]
    stored = upright if undo is None else upright.transpose(Image.Transpose(undo))
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(stored, "PNG", exif=exif)
    np.testing.assert_array_equal(decode(data, Preprocessing(32, 48, "rgb")), np.asarray(upright))
    assert read_size(data) == (32, 48)


def test_a_turned_jpeg_is_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(Image.new("RGB", (60, 40)), "JPEG", exif=exif)
    assert read_size(data) == (60, 40)
    assert decode(data, Preprocessing(60, 40, "rgb")).shape == (60, 40, 3)


def test_transparent_pixels_are_laid_over_white() -> None:
    clear = np.zeros((4, 6, 4), np.uint8)
    clear[..., :3] = (10, 20, 30)
    clear[0, 0, 3] = 255
    pixels = decode(saved(Image.fromarray(clear), "PNG"), COLOUR)
    assert pixels[0, 0].tolist() == [10, 20, 30]
    assert (pixels[1:] == 255).all()


def test_grey_with_transparency_is_laid_over_white() -> None:
    image = Image.merge("LA", [Image.new("L", (6, 4), 10), Image.new("L", (6, 4), 0)])
    assert (decode(saved(image, "PNG"), GREY) == 255).all()


def test_a_palette_gives_its_colours_not_its_numbers() -> None:
    image = Image.new("P", (6, 4), 1)
    image.putpalette([0, 0, 0, 200, 100, 50])
    assert decode(saved(image, "PNG"), COLOUR)[0, 0].tolist() == [200, 100, 50]
    assert decode(saved(image, "GIF"), COLOUR)[0, 0].tolist() == [200, 100, 50]


def test_a_palette_with_transparency_hides_what_is_clear() -> None:
    image = Image.new("P", (6, 4), 1)
    image.putpalette([0, 0, 0, 200, 100, 50])
    data = saved(image, "PNG", transparency=bytes([255, 0]))
    assert (decode(data, COLOUR) == 255).all()


def test_cmyk_becomes_rgb() -> None:
    red = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    pixels = decode(saved(red, "JPEG", quality=100), Preprocessing(16, 16, "rgb"))
    assert np.abs(pixels[8, 8].astype(int) - [255, 0, 0]).max() < 12


def test_sixteen_bits_keep_their_shades() -> None:
    ramp = np.linspace(0, 65_535, 24).reshape(4, 6).astype(np.uint16)
    np.testing.assert_array_equal(
        decode(saved(Image.fromarray(ramp), "PNG"), GREY)[..., 0], np.round(ramp / 257).astype(np.uint8)
    )


@pytest.mark.parametrize(
    ("low", "high", "first", "last"), [(0.0, 1.0, 0, 255), (0.0, 200.0, 0, 200), (-3.0, 5.0, 0, 255)]
)
def test_floating_point_images_follow_the_stated_rule(low: float, high: float, first: int, last: int) -> None:
    ramp = np.linspace(low, high, 24).reshape(4, 6).astype(np.float32)
    pixels = decode(saved(Image.fromarray(ramp), "TIFF"), GREY)
    assert (int(pixels[0, 0, 0]), int(pixels[-1, -1, 0])) == (first, last)


def test_one_bit_becomes_black_and_white() -> None:
    image = Image.fromarray(PIXELS[..., 0] > 127)
    np.testing.assert_array_equal(decode(saved(image, "PNG"), GREY)[..., 0], (PIXELS[..., 0] > 127) * 255)


def test_of_an_animation_the_first_picture_is_taken() -> None:
    frames = [Image.new("RGB", (6, 4), colour) for colour in ("red", "blue")]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert decode(data, COLOUR)[0, 0].tolist() == [255, 0, 0]


def test_crop_takes_the_middle_pad_adds_black_stretch_does_neither() -> None:
    wide = np.zeros((10, 30, 3), np.uint8)
    wide[:, 10:20] = 255
    data = saved(Image.fromarray(wide), "PNG")
    assert decode(data, Preprocessing(10, 10, "rgb", "crop")).min() == 255
    padded = decode(data, Preprocessing(30, 30, "rgb", "pad", "nearest"))
    assert padded[:10].max() == 0
    assert padded[15, 15].min() == 255
    stretched = decode(data, Preprocessing(10, 30, "rgb", "stretch", "nearest"))
    np.testing.assert_array_equal(stretched, wide)


def test_a_photo_much_larger_than_needed_looks_like_one_resized_from_its_full_size() -> None:
    rows, columns = np.mgrid[0:1200, 0:1600]
    photo = np.stack([rows / 1200, columns / 1600, np.hypot(rows, columns) / 2000], -1)
    data = saved(Image.fromarray((photo * 255).astype(np.uint8)), "JPEG", quality=95)
    full = Image.open(io.BytesIO(data)).convert("RGB").resize((64, 48), Image.Resampling.BILINEAR)
    difference = np.abs(decode(data, Preprocessing(48, 64, "rgb")).astype(int) - np.asarray(full))
    assert difference.max() <= 3


@pytest.mark.parametrize("resize", ["crop", "pad", "stretch"])
@pytest.mark.parametrize(("mode", "subsampling", "progressive"), [("RGB", 2, False), ("RGB", 0, True), ("L", 0, False)])
def test_at_reduced_scale_the_fast_route_and_pillow_agree(
    monkeypatch: pytest.MonkeyPatch, mode: str, subsampling: int, progressive: bool, resize: str
) -> None:
    random = np.random.default_rng(3)
    for _ in range(8):
        height, width = random.integers(70, 500, 2).tolist()
        noise = random.integers(0, 256, (height // 4 + 1, width // 4 + 1, 3)).astype(np.uint8)
        image = Image.fromarray(noise).resize((width, height)).convert(mode)
        data = saved(image, "JPEG", progressive=progressive, subsampling=subsampling)
        rows, columns = random.integers(3, 60, 2).tolist()
        wanted = Preprocessing(rows, columns, "rgb", resize)
        fast = decoding._plain_jpeg(data, wanted)
        assert fast is not None
        with monkeypatch.context() as patch:
            patch.setattr(decoding, "_plain_jpeg", lambda *_: None)
            np.testing.assert_array_equal(decode(data, wanted), fast)


def test_a_large_photo_is_not_decoded_at_its_full_size(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[tuple[int, ...]] = []
    really = simplejpeg.decode_jpeg

    def watched(*arguments: Any, **options: Any) -> Any:
        pixels = really(*arguments, **options)
        decoded.append(pixels.shape)
        return pixels

    monkeypatch.setattr(simplejpeg, "decode_jpeg", watched)
    data = saved(Image.new("RGB", (800, 600), "red"), "JPEG")
    for side in (16, 32, 64, 100, 200, 600):
        assert decode(data, Preprocessing(side, side)).shape == (side, side, 3)
    assert [shape[:2] for shape in decoded] == [(75, 100), (75, 100), (150, 200), (300, 400), (600, 800), (600, 800)]


def test_a_turned_photo_is_turned_however_large_its_file_is() -> None:
    left = np.zeros((600, 800, 3), np.uint8)
    left[:, :400] = np.random.default_rng(4).integers(100, 256, (600, 400, 3))
    exif = Image.Exif()
    exif[0x0112] = 6  # the left side is the top
    data = saved(Image.fromarray(left), "JPEG", quality=100, exif=exif.tobytes())
    assert len(data) > decoding._SMALL_BYTES
    found = decode(data, Preprocessing(32, 24))
    assert found[:12].mean() > 100
    assert found[20:].mean() < 20


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    path = tmp_path / "really-a-png.jpg"
    path.write_bytes(saved(Image.fromarray(PIXELS), "PNG"))
    np.testing.assert_array_equal(decode(path, COLOUR), PIXELS)


def reason(file: Path | bytes) -> str:
    with pytest.raises(UnreadableImage) as caught:
        decode(file, COLOUR)
    assert caught.value.expected
    assert caught.value.fix
    return caught.value.why


def test_a_text_file_called_jpg_is_named_as_text(tmp_path: Path) -> None:
    path = tmp_path / "cat.jpg"
    path.write_text("meow\n")
    assert reason(path) == "it is a text file, not an image"


@pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9])
def test_a_file_cut_short_is_refused(format: str, share: float) -> None:
    noise = np.random.default_rng(3).integers(0, 256, (64, 64, 3)).astype(np.uint8)
    data = saved(Image.fromarray(noise), format)
    assert reason(data[: int(len(data) * share)]) in {
        "the file is damaged or cut short",
        "it is not an image in a format that is read",
    }


def test_an_empty_file_is_named() -> None:
    assert reason(b"") == "the file is empty"


def test_a_header_of_30000_by_30000_is_refused_before_decoding() -> None:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    size = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    assert reason(data) == "it is 30,000 × 30,000 pixels, more than 40 megapixels"


def test_formats_with_dangerous_decoders_are_not_read() -> None:
    assert reason(saved(Image.fromarray(PIXELS), "PPM")) == "it is not an image in a format that is read"
    assert reason(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n") == "it is a text file, not an image"


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(tmp_path / "x.png")
    assert reason(tmp_path / "x.png") == "it is a folder, pipe or device, not a file"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert reason(tmp_path / "gone.png") == "it is no longer there"


def test_a_file_that_may_not_be_opened_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert reason(tmp_path / "x.png") == "this user may not open it"


def test_header_tells_size_and_colour() -> None:
    assert header(saved(Image.fromarray(PIXELS), "PNG")) == ((4, 6), True)
    assert header(saved(Image.fromarray(PIXELS[..., 0]), "PNG")) == ((4, 6), False)


def test_of_a_large_file_only_the_header_is_read_unless_it_is_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = np.random.default_rng(5).integers(0, 256, (400, 500, 3)).astype(np.uint8)
    sizes: list[int] = []

    def watched(path: Path, at_most: int = 1 << 30) -> bytes:
        data = read_bytes(path, at_most)
        sizes.append(len(data))
        return data

    monkeypatch.setattr(decoding, "read_bytes", watched)
    for ending, reads in (("bmp", 1), ("png", 1), ("tiff", 2)):
        file = tmp_path / f"large.{ending}"
        Image.fromarray(large).save(file)  # a TIFF of Pillow's has its header at the end
        assert header(file) == ((400, 500), True)
        assert sizes[0] == decoding._HEADER_BYTES < file.stat().st_size
        assert len(sizes) <= reads
        sizes.clear()


def test_names_of_images_are_told_by_their_ending() -> None:
    assert is_image(Path("A.JPG"))
    assert not is_image(Path("notes.txt"))


def test_the_error_survives_the_way_between_processes() -> None:
    error = pickle.loads(pickle.dumps(UnreadableImage("a.png", "the file is empty")))  # noqa: S301 - our own bytes
    assert (error.name, error.why, str(error)) == (
        "a.png",
        "the file is empty",
        str(UnreadableImage("a.png", error.why)),
    )


def test_a_file_that_could_not_be_opened_may_be_readable_another_time(tmp_path: Path) -> None:
    (tmp_path / "text.jpg").write_text("meow")
    for name, passing in (("gone.png", True), ("text.jpg", False)):
        with pytest.raises(UnreadableImage) as caught:
            decode(tmp_path / name, COLOUR)
        assert pickle.loads(pickle.dumps(caught.value)).passing is passing  # noqa: S301 - our own bytes


def test_a_file_that_memory_was_too_small_for_may_be_readable_another_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(decoding, "fitted", full)
    with pytest.raises(UnreadableImage, match="not enough memory") as caught:
        decode(saved(Image.fromarray(PIXELS), "PNG"), COLOUR)
    assert caught.value.passing


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize(
    "exif",
    [
        b"Exif\0\0",
        b"Exif\0\0garbage",
        b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + bytes(20),
        b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x63\0\0",
    ],
    ids=["empty", "garbage", "cut", "no orientation"],
)
def test_a_camera_that_writes_nonsense_about_the_orientation_costs_no_image(exif: bytes) -> None:
    data = saved(Image.new("RGB", (6, 4), "red"), "JPEG", quality=95)
    with_exif = data[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + data[2:]
    np.testing.assert_array_equal(decode(with_exif, COLOUR), decode(data, COLOUR))


def bars(padding: str, channels: str = "rgb", inside: tuple[int, int, int] = (200, 100, 50)) -> list[int]:
    """The colour of the bars above a wide picture of one colour."""
    data = saved(Image.new("RGB", (8, 4), inside), "PNG")
    pixels = decode(data, Preprocessing(8, 8, channels, "pad", padding=padding))
    assert pixels[4, 4].tolist() == (list(inside) if channels == "rgb" else pixels[2, 0].tolist())
    np.testing.assert_array_equal(pixels[:2], np.broadcast_to(pixels[0, 0], pixels[:2].shape))
    np.testing.assert_array_equal(pixels[-2:], np.broadcast_to(pixels[0, 0], pixels[:2].shape))
    found: list[int] = pixels[0, 0].tolist()
    return found


@pytest.mark.parametrize(
    ("padding", "colour", "grey"),
    [
        ("black", [0, 0, 0], 0),
        ("white", [255, 255, 255], 255),
        ("grey", [128, 128, 128], 128),
        ("edge", [200, 100, 50], 124),
        ("colour(255, 0, 10)", [255, 0, 10], 77),
    ],
)
def test_bars_have_the_colour_that_was_asked_for(padding: str, colour: list[int], grey: int) -> None:
    assert bars(padding) == colour
    assert (
        bars(padding, "grayscale") == [grey] == [Image.new("RGB", (1, 1), tuple(colour)).convert("L").getpixel((0, 0))]
    )


@pytest.mark.parametrize("size", [(6, 4), (1, 7), (7, 1), (1, 1), (2, 2)])
def test_the_edge_is_the_mean_of_the_outermost_pixels(size: tuple[int, int]) -> None:
    values = np.random.default_rng(5).integers(0, 256, (size[1], size[0], 3)).astype(np.uint8)
    outer = np.ones(size[::-1], bool)
    outer[1:-1, 1:-1] = False
    side = 4 * max(size)
    tall = decode(saved(Image.fromarray(values), "PNG"), Preprocessing(side, side + 4, "rgb", "pad", padding="edge"))
    assert tall[0, 0].tolist() == [round(float(one)) for one in values[outer].mean(axis=0)]


@pytest.mark.parametrize(("background", "seen"), [("white", 255), ("black", 0), ("grey", 128), ("colour(9, 9, 9)", 9)])
def test_the_colour_behind_clear_pixels_can_be_chosen(background: str, seen: int) -> None:
    clear = Image.new("RGBA", (6, 4), (10, 20, 30, 0))
    palette = Image.new("P", (6, 4), 1)
    palette.putpalette([0, 0, 0, 200, 100, 50])
    wanted = Preprocessing(4, 6, "rgb", background=background)
    assert (decode(saved(clear, "PNG"), wanted) == seen).all()
    assert (decode(saved(palette, "PNG", transparency=bytes([255, 0])), wanted) == seen).all()


def test_a_chosen_range_reaches_16_bit_and_float_files_and_no_others() -> None:
    deep = np.full((4, 6), 1000, np.uint16)
    deep[0] = 2000
    wanted = Preprocessing(4, 6, "grayscale", range="between(1000, 2000)")
    for data in (
        saved(Image.fromarray(deep), "PNG"),
        saved(Image.fromarray(deep), "TIFF"),
        saved(Image.fromarray(deep.astype(np.float32)), "TIFF"),
        saved(Image.fromarray(deep.astype(np.int32)), "TIFF"),
    ):
        found = decode(data, wanted)[..., 0]
        assert (found[0] == 255).all()
        assert (found[1:] == 0).all()
    plain = saved(Image.fromarray(PIXELS), "PNG")
    np.testing.assert_array_equal(decode(plain, Preprocessing(4, 6, "rgb", range="own")), PIXELS)
