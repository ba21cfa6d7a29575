"""The status of a segment, with its flags, scores, smallest next step and sentences."""
