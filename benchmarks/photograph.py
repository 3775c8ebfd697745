"""An invented picture as heavy as a photograph: light from one side, shapes of every size, and grain."""

from io import BytesIO

from PIL import Image, ImageOps

SIZE = (1600, 1200)
# Pixels across, and how strongly noise of that coarseness shows: what photographs have and drawings lack.
SCALES = {6: 0.6, 24: 0.45, 96: 0.35, 384: 0.25, 1600: 0.06}


def photograph() -> bytes:
    """A JPEG file of 1600 × 1200 pixels, another one each time."""
    image = Image.merge("RGB", [_channel(turned) for turned in (0, 90, 180)])
    target = BytesIO()
    image.save(target, "JPEG", quality=90)
    return target.getvalue()


def _channel(turned: int) -> Image.Image:
    channel = Image.linear_gradient("L").rotate(turned).resize(SIZE)
    for across, strength in SCALES.items():
        noise = Image.effect_noise((across, across * 3 // 4), 100).resize(SIZE, Image.Resampling.BICUBIC)
        channel = Image.blend(channel, noise, strength)
    return ImageOps.autocontrast(channel, cutoff=1)
