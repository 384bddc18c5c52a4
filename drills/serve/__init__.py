"""The loop of an author: the site in a browser, built again with each edit. Nothing of it is part of the site."""
