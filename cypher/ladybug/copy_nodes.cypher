// Bulk load of one kind from a frame.
COPY <<label>> FROM $frame
