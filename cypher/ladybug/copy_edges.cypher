// Bulk load of one relation between two kinds from a frame.
COPY <<relation>> FROM $frame (from='<<source>>', to='<<target>>')
