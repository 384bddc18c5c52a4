"""One module for each form of chart: where its marks stand and how they are drawn."""
