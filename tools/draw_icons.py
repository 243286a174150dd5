"""Draw the icons of static/img from its mark.svg, for what reads no SVG.

    .venv/bin/python tools/draw_icons.py

The icons are kept in the repository; draw them anew when the mark changes.
"""

from pathlib import Path
from xml.etree import ElementTree

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parent.parent / "static" / "img"
FINER = 8  # drawn so many times larger, then made small: edges come out soft


def draw(size: int, *, round_corners: bool) -> Image.Image:
    """Return the mark, `size` pixels wide; without round corners where a telephone cuts its own."""
    svg = ElementTree.parse(FOLDER / "mark.svg").getroot()
    scale = size * FINER / float(svg.get("viewBox", "").split()[2])
    image = Image.new("RGBA", (size * FINER, size * FINER))
    pen = ImageDraw.Draw(image)

    def rectangles(element: ElementTree.Element, fill: str) -> None:
        for child in element:
            colour = child.get("fill", fill)
            if child.tag.endswith("}rect"):
                left, top, width, height, bend = (float(child.get(n, 0)) for n in ("x", "y", "width", "height", "rx"))
                corners = [value * scale for value in (left, top, left + width, top + height)]
                # The last pixel belongs to a shape of Pillow.
                box = (corners[0], corners[1], corners[2] - 1, corners[3] - 1)
                pen.rounded_rectangle(box, bend * scale if round_corners else 0, fill=colour)
            rectangles(child, colour)

    rectangles(svg, "#000")
    return image.resize((size, size), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    draw(192, round_corners=True).save(FOLDER / "icon-192.png", optimize=True)
    for name, size in {"icon-512.png": 512, "apple-touch-icon.png": 180}.items():
        draw(size, round_corners=False).convert("RGB").save(FOLDER / name, optimize=True)
    draw(48, round_corners=True).save(
        FOLDER / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)], bitmap_format="png"
    )  # fmt: skip
