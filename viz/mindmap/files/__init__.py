"""The mind map as files of other programs, all of one outline."""
