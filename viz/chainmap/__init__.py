"""The chain map: where cards stand, what they say, and the drawing that stands alone."""
