"""What the site needs beyond Sphinx: pages made of the code, links to files of the checkout, mathematics without a network."""
