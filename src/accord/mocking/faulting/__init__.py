"""What answers are to suffer, so that a client can be tested for it: delays, errors, broken connections.

Its modules are imported one by one: a world without faults needs `rules` and `trying` alone.
"""
