"""The figure card: one object made from one tidy table, shown as a chart, an accessible table and, on demand,
an interactive view. `look` owns palette, type and spacing, `static` the drawing, `card` the object; the other
modules hold one function for each card of a chapter. Cards draw; they do not count.
"""
