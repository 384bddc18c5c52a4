"""The site: the Sphinx extension that the book names (`extension`) and the build around Jupyter Book (`build`)."""
