"""The painter: pictures of frozen views, on a canvas of cells, with no terminal and no clock."""
