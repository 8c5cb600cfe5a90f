"""Where everything in a picture stands: one layered layout for SVG, PNG and the page."""
