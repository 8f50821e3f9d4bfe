"""The simulated world: virtual time, machines, links, nodes and their clients."""
