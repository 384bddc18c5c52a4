"""The figure card: one object made from one tidy table, shown as a chart, an accessible table and, on demand, an
interactive view.

`look` owns palette, type and spacing, `svg` and `sheets` the files, `card` the object, `forms` the kinds of chart.
Draws; does not count.
"""
