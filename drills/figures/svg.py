"""From a matplotlib figure to inline SVG: real text, colours as CSS variables, ids of its own, no styles that
leak into the page, title and description for assistive technology."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from weakref import WeakKeyDictionary
from xml.etree import ElementTree

from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from ..addresses import event_page
from . import look
from .layout import OF_EVENTS, Parts

# Those of matplotlib's SVG, whatever is said.
PIXELS_PER_INCH = 72
SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
# Digits of a place beyond a hundredth of a pixel, which nobody sees and every reader of the page loads.
FINER = re.compile(r"(\.\d\d)\d+")
# How a line of several lines of text is put in its place.
MOVED = re.compile(r"translate\((\S+) (\S+)\)")
# What an attribute says that would be so without it.
SAID_ANYWAY = {"text-anchor": re.compile("start"), "transform": re.compile(r"rotate\(-?0 .*")}
# A path of straight lines, which is all that `shorter` rewrites, and its parts.
STRAIGHT, PARTS = re.compile(r"[MLz\d.\s-]*"), re.compile(r"z|[ML] (\S+) (\S+)")
# The part of an id that matplotlib makes from what the shape is.
HASHED = re.compile(r"[0-9a-f]{10}$")
DROPPED_STYLES = {"font-family", "font", "font-variant", "font-stretch", "font-style"}
VARIABLES = {colour.lower(): f"var(--jd-{role})" for role, colour in look.LIGHT.items()}
# What most words of a picture are, said once for all of it.
PLAIN_TEXT = {"font-size": str(look.SMALL_SIZE), "fill": "var(--jd-ink)"}
_PRINTED: WeakKeyDictionary[Figure, bytes] = WeakKeyDictionary()


def printed(figure: Figure) -> bytes:
    """A figure as matplotlib writes it in SVG, made once: the page and the files show the same picture.

    Its layout stays as it is from then on, so that a PNG of the figure is that picture too.
    """
    if figure not in _PRINTED:
        _PRINTED[figure] = _print(figure)
        figure.set_layout_engine("none")
    return _PRINTED[figure]


def put_in_place(figure: Figure) -> None:
    """Have all parts of a figure where they are in its SVG, whatever was drawn of it since."""
    printed(figure)
    if figure.dpi != PIXELS_PER_INCH:
        _print(figure)


def _print(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    FigureCanvasSVG(figure).print_svg(buffer, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return buffer.getvalue()


def to_svg(figure: Figure, prefix: str, title: str, description: str, links: Mapping[str, str] | None = None,
           root: str = "") -> str:
    """A figure as one <svg> element for a page; `prefix` makes its ids unique there.

    links: what to call the link to each event's page; what was drawn `of_events` becomes links if it is given. root:
    the way from the page to the root of the site.
    """
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    svg = ElementTree.fromstring(printed(figure))
    for parent in list(svg.iter()):
        for child in list(parent):
            if child.tag in (f"{{{SVG}}}metadata", f"{{{SVG}}}style"):
                parent.remove(child)
    marked = {group: group.get("id", "").split()[1:] for group in svg.iter(f"{{{SVG}}}g")
              if group.get("id", "").startswith(OF_EVENTS)}
    _own_ids(svg, prefix)
    for element in svg.iter():
        _plain_attributes(element)
    for group, event_ids in marked.items() if links else ():
        _link(group, event_ids, links or {}, root)
    _without_bare_groups(svg)
    for name in ("width", "height", "version"):
        svg.attrib.pop(name, None)
    svg.attrib.update({"class": "jd-svg", "stroke-linejoin": "round", **PLAIN_TEXT,
                       **_role(svg, prefix, bool(links and marked))})
    for position, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": f"{prefix}-{tag}"})
        element.text = text
        svg.insert(position, element)
    return re.sub(r">\s+<", "><", ElementTree.tostring(svg, encoding="unicode")).strip()


def in_parts(drawn: str, prefix: str, parts: Parts) -> tuple[str, str]:
    """What `to_svg` gave cut in two elements: what stands above the parts of a picture, and the parts.

    The first only shows again what is drawn in the second.
    """
    whole = ElementTree.fromstring(drawn)
    width, height = whole.get("viewBox", "").split()[2:]
    head: list[ElementTree.Element] = []
    marks = ElementTree.Element(f"{{{SVG}}}g", {"id": f"{prefix}-all"})
    for element in whole:
        (head if element.tag in (f"{{{SVG}}}title", f"{{{SVG}}}desc") else marks).append(element)
    whole[:] = [*head, marks]
    whole.set("viewBox", f"0 {parts.top:g} {width} {float(height) - parts.top:g}")
    above = ElementTree.Element(f"{{{SVG}}}svg", {"viewBox": f"0 0 {width} {parts.top:g}", "class": "jd-svg",
                                                  "aria-hidden": "true", **PLAIN_TEXT})
    ElementTree.SubElement(above, f"{{{SVG}}}use", {"href": f"#{prefix}-all"})
    return ElementTree.tostring(above, encoding="unicode"), ElementTree.tostring(whole, encoding="unicode")


def _role(root: ElementTree.Element, prefix: str, is_linked: bool) -> dict[str, str]:
    """What the picture is to assistive technology, as attributes.

    A picture with links is a group: an image may hold nothing that can be operated. Its drawing is hidden, links
    and all; the same links stand in the table of the card.
    """
    if not is_linked:
        return {"role": "img", "aria-labelledby": f"{prefix}-title {prefix}-desc"}
    drawing = ElementTree.Element(f"{{{SVG}}}g", {"aria-hidden": "true"})
    drawing.extend(list(root))
    root[:] = [drawing]
    return {"role": "group", "aria-labelledby": f"{prefix}-title", "aria-describedby": f"{prefix}-desc"}


def _link(group: ElementTree.Element, event_ids: list[str], links: Mapping[str, str], root: str) -> None:
    """Make a group a link to the page of its event, or each mark in it one to the page of its own."""
    if len(event_ids) == 1:
        inside = _anchor(event_ids[0], links, root)
        inside.extend(list(group))
        group[:] = [inside]
        return
    places = [(parent, mark) for parent in group.iter() for mark in parent if mark.tag == f"{{{SVG}}}use"]
    # a half-filled marker is drawn in two rounds over all marks
    rounds = max(len(places) // max(len(event_ids), 1), 1)
    for (parent, mark), event_id in zip(places, event_ids * rounds, strict=True):
        anchor = _anchor(event_id, links, root)
        anchor.append(mark)
        parent[list(parent).index(mark)] = anchor


def _anchor(event_id: str, links: Mapping[str, str], root: str) -> ElementTree.Element:
    """An empty link to the page of an event; its title is shown where the mark is pointed at."""
    anchor = ElementTree.Element(f"{{{SVG}}}a", {"href": root + event_page(event_id), "tabindex": "-1"})
    ElementTree.SubElement(anchor, f"{{{SVG}}}title").text = links[event_id]
    return anchor


def _own_ids(root: ElementTree.Element, prefix: str) -> None:
    """Prefix ids that are referred to, and drop the others.

    Those that hold a hash are numbered in the order in which they stand: the hash is of places down to the last digit,
    in which processors differ.
    """
    used = set()
    for element in root.iter():
        for value in element.attrib.values():
            used.update(re.findall(r"url\(#([^)]+)\)", value))
        used.update(value[1:] for name, value in element.attrib.items() if name.endswith("href"))
    ids = [element.attrib["id"] for element in root.iter() if element.attrib.get("id") in used]
    own = {name: f"{prefix}-{HASHED.sub(str(number), name)}" for number, name in enumerate(ids)}
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            if name == "id" and value not in used:
                del element.attrib[name]
            elif name == "id":
                element.attrib[name] = own[value]
            elif name.endswith("href"):
                del element.attrib[name]
                element.attrib["href"] = f"#{own[value[1:]]}"
            else:
                element.attrib[name] = re.sub(r"url\(#([^)]+)\)", lambda found: f"url(#{own[found[1]]})", value)


def _without_bare_groups(element: ElementTree.Element) -> None:
    """Put what a group without attributes holds in its place, and drop shapes that are not painted."""
    inside = []
    for child in element:
        _without_bare_groups(child)
        is_painted = child.tag != f"{{{SVG}}}path" or child.get("fill") != "none" or "stroke" in child.attrib
        inside += list(child) if child.tag == f"{{{SVG}}}g" and not child.attrib else [child] * is_painted
    element[:] = inside


def shorter(path: str) -> str:
    """A path of straight lines in tenths of a pixel, each place given from the one before: a third of the weight.

    Any other path is only cut to hundredths.
    """
    if not STRAIGHT.fullmatch(path):
        return FINER.sub(r"\1", path)
    made, here, start = [], (0, 0), (0, 0)
    for part in PARTS.finditer(path):
        if part[0] == "z":
            made.append("z")
            here = start
            continue
        there = (round(10 * float(part[1])), round(10 * float(part[2])))
        x, y = there[0] - here[0], there[1] - here[1]
        if part[0][0] == "M":
            made.append(f"m{_tenths(x)} {_tenths(y)}")
            start = there
        else:
            made.append(f"v{_tenths(y)}" if not x else f"h{_tenths(x)}" if not y else f"l{_tenths(x)} {_tenths(y)}")
        here = there
    return "".join(made)


def _tenths(number: int) -> str:
    """A number of tenths as SVG takes it: 12.3, 12, -.5."""
    return f"{number / 10:g}".replace("0.", ".", 1) if abs(number) < 10 else f"{number / 10:g}"


def _plain_attributes(element: ElementTree.Element) -> None:
    """Turn a style attribute into presentation attributes, as a strict content security policy forbids the former.

    Places are rounded to what can be seen.
    """
    moved = MOVED.fullmatch(element.attrib.get("transform", "")) if element.tag == f"{{{SVG}}}text" else None
    if moved:
        del element.attrib["transform"]
        element.attrib |= {"x": moved[1], "y": moved[2]}
    for name in ("x", "y"):
        if name in element.attrib:
            element.attrib[name] = _tenths(round(10 * float(element.attrib[name])))
    if "d" in element.attrib:
        element.attrib["d"] = shorter(element.attrib["d"])
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
    for name, usual in SAID_ANYWAY.items():
        if usual.fullmatch(element.attrib.get(name, "")):
            del element.attrib[name]
    for name in ("fill", "stroke"):
        if name in element.attrib:
            element.attrib[name] = VARIABLES.get(element.attrib[name].lower(), element.attrib[name])
    if element.tag == f"{{{SVG}}}text":
        for name, said in PLAIN_TEXT.items():
            if element.attrib.get(name) == said:
                del element.attrib[name]
