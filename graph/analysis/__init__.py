"""Pure functions: facts in, plain values out; no I/O, no clock, no environment."""
