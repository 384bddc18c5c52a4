"""From a matplotlib figure to inline SVG: real text, colours as CSS variables, ids of its own, no styles that
leak into the page, title and description for assistive technology."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from xml.etree import ElementTree

from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from . import look

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
DROPPED_STYLES = {"font-family", "font", "font-variant", "font-stretch", "font-style"}
VARIABLES = {colour.lower(): f"var(--jd-{role})" for role, colour in look.LIGHT.items()}


@dataclass(frozen=True)
class Layout:
    """A natural size at which a picture is drawn: 'wide' for the text column, 'narrow' for a phone."""

    name: str
    width: int

    @property
    def is_narrow(self) -> bool:
        return self.name == "narrow"

    def figure(self, height: float) -> Figure:
        """An empty figure of this width; sizes in CSS pixels (72 per inch is one point each in the SVG)."""
        return Figure(figsize=(self.width / 72, height / 72), dpi=72, layout="constrained")


WIDE, NARROW = Layout("wide", look.WIDE), Layout("narrow", look.NARROW)
LAYOUTS = (WIDE, NARROW)


def to_svg(figure: Figure, prefix: str, title: str, description: str) -> str:
    """A figure as one <svg> element for a page; `prefix` makes its ids unique there."""
    buffer = io.BytesIO()
    FigureCanvasSVG(figure).print_svg(buffer, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    root = ElementTree.fromstring(buffer.getvalue())
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{SVG}}}metadata", f"{{{SVG}}}style"):
                parent.remove(child)
    _own_ids(root, prefix)
    for element in root.iter():
        _plain_attributes(element)
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.attrib.update({"role": "img", "aria-labelledby": f"{prefix}-title {prefix}-desc", "class": "jd-svg",
                        "stroke-linejoin": "round"})
    for position, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": f"{prefix}-{tag}"})
        element.text = text
        root.insert(position, element)
    return re.sub(r">\s+<", "><", ElementTree.tostring(root, encoding="unicode")).strip()


def _own_ids(root: ElementTree.Element, prefix: str) -> None:
    """Prefix ids that are referred to, and drop the others."""
    used = set()
    for element in root.iter():
        for value in element.attrib.values():
            used.update(re.findall(r"url\(#([^)]+)\)", value))
        used.update(value[1:] for name, value in element.attrib.items() if name.endswith("href"))
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            if name == "id" and value not in used:
                del element.attrib[name]
            elif name == "id":
                element.attrib[name] = f"{prefix}-{value}"
            elif name.endswith("href"):
                del element.attrib[name]
                element.attrib["href"] = f"#{prefix}-{value[1:]}"
            else:
                element.attrib[name] = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", value)


def _plain_attributes(element: ElementTree.Element) -> None:
    """Turn a style attribute into presentation attributes: a strict content security policy forbids the former."""
    for declaration in element.attrib.pop("style", "").split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        size = re.search(r"([0-9.]+)px", value) if name in ("font", "font-size") else None
        if size:
            element.attrib["font-size"] = size[1]
        weight = re.match(r"(bold|[5-9]00)\b", value) if name in ("font", "font-weight") else None
        if weight:
            element.attrib["font-weight"] = "bold"
        if name and name not in DROPPED_STYLES | {"font-size", "font-weight"}:
            element.attrib[name] = value
    for name in ("fill", "stroke"):
        if name in element.attrib:
            element.attrib[name] = VARIABLES.get(element.attrib[name].lower(), element.attrib[name])
    if element.tag == f"{{{SVG}}}text" and "fill" not in element.attrib:
        element.attrib["fill"] = "var(--jd-ink)"
