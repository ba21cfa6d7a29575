"""Files in: readers, mapping, validation, the load pipeline."""
